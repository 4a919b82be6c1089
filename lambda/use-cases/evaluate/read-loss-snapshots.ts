import { alertKeyText } from "../../domain/alerting/alert.ts";
import { alertOf, type LossKey, lossKeyText } from "../../domain/alerting/loss.ts";
import { confirmClaim, type LossSnapshot } from "../../domain/alerting/loss-snapshot.ts";
import { type StatusKey, statusKeyText } from "../../domain/status/registration-status.ts";
import { readDistinctAlerts } from "../read-distinct-alerts.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

const byText = <Item>(items: readonly Item[], text: (item: Item) => string): Map<string, Item> =>
  new Map(items.map((item) => [text(item), item]));

/** Builds the reader of all that is known of losses, many at once; each loss is read once. */
export const createReadLossSnapshots = (
  ports: Pick<EvaluatePorts, "readStatuses" | "readLosses" | "readAlert">,
) => {
  const { readStatuses, readLosses, readAlert } = ports;

  return async (keys: readonly LossKey[]): Promise<LossSnapshot[]> => {
    const distinct = [...byText(keys, lossKeyText).values()];
    const places = [...byText<StatusKey>(distinct, statusKeyText).values()];
    // The status is read last: an evaluator that decides on a newer status has written the loss by then, and our write
    // fails.
    const losses = byText(await readLosses(distinct), lossKeyText);
    const references = [...losses.values()].flatMap((loss) => alertOf(loss) ?? []);
    const alerts = await readDistinctAlerts(readAlert, references);
    const statuses = byText(await readStatuses(places), statusKeyText);
    return distinct.map((key) => {
      const loss = losses.get(lossKeyText(key));
      const reference = loss && alertOf(loss);
      const alert = reference && alerts.get(alertKeyText(reference));
      const status = statuses.get(statusKeyText(key));
      return { key, status, loss: loss && confirmClaim(loss, alert), alert };
    });
  };
};

/** Reads all that is known of losses (see `createReadLossSnapshots`). */
export type ReadLossSnapshots = ReturnType<typeof createReadLossSnapshots>;

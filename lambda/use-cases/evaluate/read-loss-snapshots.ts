import { inParallel } from "../../async/in-parallel.ts";
import type { AlertKey, Loss, LossKey } from "../../domain/alerting/loss.ts";
import type { LossSnapshot } from "../../domain/alerting/loss-snapshot.ts";
import type { StatusKey } from "../../domain/status/registration-status.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";

const statusText = ({ thisDN, server }: StatusKey): string => JSON.stringify([thisDN, server]);
const lossText = ({ thisDN, server, lossId }: LossKey): string =>
  JSON.stringify([thisDN, server, lossId]);
const alertText = ({ subject, number }: AlertKey): string => JSON.stringify([subject, number]);

const byText = <Item>(items: readonly Item[], text: (item: Item) => string): Map<string, Item> =>
  new Map(items.map((item) => [text(item), item]));

/** Builds what reads all that is known of losses, many at once; each loss is looked at once. */
export const createReadLossSnapshots = (
  dependencies: Pick<AlertingDependencies, "readStatuses" | "readLosses" | "readAlert">,
) => {
  const { readStatuses, readLosses, readAlert } = dependencies;

  const readAlerts = async (losses: readonly Loss[]) => {
    const keys = byText(
      losses.flatMap(({ alert }) => alert ?? []),
      alertText,
    );
    const alerts = await inParallel(width, [...keys.values()], readAlert);
    return byText(
      alerts.filter((alert) => alert !== undefined),
      alertText,
    );
  };

  return async (keys: readonly LossKey[]): Promise<LossSnapshot[]> => {
    const distinct = [...byText(keys, lossText).values()];
    const places = [...byText<StatusKey>(distinct, statusText).values()];
    // The status last: whoever decides by a newer one has then written the loss, and our write fails.
    const losses = byText(await readLosses(distinct), lossText);
    const alerts = await readAlerts([...losses.values()]);
    const statuses = byText(await readStatuses(places), statusText);
    return distinct.map((key) => {
      const loss = losses.get(lossText(key));
      const alert = loss?.alert && alerts.get(alertText(loss.alert));
      return { key, status: statuses.get(statusText(key)), loss, alert };
    });
  };
};

/** Reads all that is known of losses (see `createLookAtLosses`). */
export type ReadLossSnapshots = ReturnType<typeof createReadLossSnapshots>;

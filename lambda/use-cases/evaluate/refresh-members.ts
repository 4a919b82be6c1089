import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { decideEnd } from "../../domain/alerting/decide-end.ts";
import { isMissing, type LossKey, type LossRecord } from "../../domain/alerting/loss.ts";
import { lossFactsOf } from "../../domain/alerting/loss-facts.ts";
import type { LossSnapshot } from "../../domain/alerting/loss-snapshot.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createReadLossSnapshots } from "./read-loss-snapshots.ts";

/**
 * Builds the function that checks members of an alert that are recorded as missing, writes those that are over
 * meanwhile (the message that would have said so may be lost), and returns those that are really missing, as they are
 * now.
 */
export const createRefreshMembers = (
  ports: Pick<
    EvaluatePorts,
    "readStatuses" | "readLosses" | "readAlert" | "writeLoss" | "rules" | "now"
  >,
) => {
  const { writeLoss, rules, now } = ports;
  const readSnapshots = createReadLossSnapshots(ports);

  const refresh = async (snapshot: LossSnapshot): Promise<LossRecord[]> => {
    const { key, status, loss } = snapshot;
    if (loss === undefined || !isMissing(loss)) return [];
    if (status === undefined) return [loss];
    const context = { rules, now: now() };
    if (status.alertId === key.lossId) {
      return [{ ...loss, ...lossFactsOf({ status, loss, losses: undefined, ...context }) }];
    }
    const over = decideEnd({ ...snapshot, status }, context);
    const isWritten = over !== undefined && (await writeLoss(over)) === "written";
    // Another evaluator has just written this loss: it is not over until it has been evaluated again.
    return isWritten ? [] : [loss];
  };

  return async (keys: readonly LossKey[]): Promise<LossRecord[]> =>
    (await inParallel(storeWidth, await readSnapshots(keys), refresh)).flat();
};

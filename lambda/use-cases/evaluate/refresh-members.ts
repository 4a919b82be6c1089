import { inParallel } from "../../async/in-parallel.ts";
import { decideEnd } from "../../domain/alerting/decide-end.ts";
import { isMissing, type Loss, type LossKey } from "../../domain/alerting/loss.ts";
import { lossFactsOf } from "../../domain/alerting/loss-facts.ts";
import type { LossSnapshot } from "../../domain/alerting/loss-snapshot.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";
import { createReadLossSnapshots } from "./read-loss-snapshots.ts";

/** What reviewing members needs of the outside. */
export type RefreshMembersDependencies = Pick<
  AlertingDependencies,
  "readStatuses" | "readLosses" | "readAlert" | "writeLoss" | "rules" | "now"
>;

/**
 * Builds what looks at members of an alert that are said to be missing, writes down those that are over meanwhile (the
 * message that would have said so may be lost), and gives back those that are really missing, as they are now.
 */
export const createRefreshMembers = (dependencies: RefreshMembersDependencies) => {
  const { writeLoss, rules, now } = dependencies;
  const look = createReadLossSnapshots(dependencies);

  const review = async (found: LossSnapshot): Promise<Loss[]> => {
    const { key, status, loss } = found;
    if (loss === undefined || !isMissing(loss)) return [];
    if (status === undefined) return [loss];
    if (status.alertId === key.lossId) return [{ ...loss, ...lossFactsOf(status) }];
    const ended = decideEnd({ ...found, status }, rules, now());
    const isWritten = ended !== undefined && (await writeLoss(ended)) === "written";
    // Somebody else has just written it: nothing is over before it has been looked at again.
    return isWritten ? [] : [loss];
  };

  return async (keys: readonly LossKey[]): Promise<Loss[]> =>
    (await inParallel(width, await look(keys), review)).flat();
};

/** Reviews members (see `createReviewMembers`). */
export type RefreshMembers = ReturnType<typeof createRefreshMembers>;

import { inParallel } from "../in-parallel.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";
import { decideEnd } from "./decide-end.ts";
import type { Look } from "./look.ts";
import { createLookAtLosses } from "./look-at-losses.ts";
import { isMissing, type Loss, type LossKey } from "./loss.ts";
import { lossFactsOf } from "./loss-facts.ts";

/** What reviewing members needs of the outside. */
export type ReviewMembersDependencies = Pick<
  AlertingDependencies,
  "readStatuses" | "readLosses" | "readAlert" | "writeLoss" | "rules" | "now"
>;

/**
 * Builds what looks at members of an alert that are said to be missing, writes down those that are over meanwhile (the
 * message that would have said so may be lost), and gives back those that are really missing, as they are now.
 */
export const createReviewMembers = (dependencies: ReviewMembersDependencies) => {
  const { writeLoss, rules, now } = dependencies;
  const look = createLookAtLosses(dependencies);

  const review = async (found: Look): Promise<Loss[]> => {
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
export type ReviewMembers = ReturnType<typeof createReviewMembers>;

import { maxBridgeKeys } from "../access/bridge-key.ts";
import { cutText, storedBytesOf, takeWithin } from "../bounds.ts";
import { boundReason, maxCauseLength } from "../status/reason.ts";
import type { LossRecord } from "./loss.ts";

const maxListBytes = 40_000;
const maxWordsLength = 1_000;
const maxNameLength = 255;

/** Applications that lost a DN, and how many there are where not all are listed. */
export type LostApplications = {
  applications: readonly string[];
  applicationsCount?: number | undefined;
};

/** How many applications lost a DN, listed or not. */
export const countApplications = ({
  applications,
  applicationsCount = applications.length,
}: LostApplications): number => applicationsCount;

/** Applications as they are stored and shown: as many as keys can be live, and how many there are where that is not all. */
export const boundApplications = (lost: LostApplications) => {
  const first = lost.applications.slice(0, maxBridgeKeys);
  const applications = takeWithin(first, maxListBytes, storedBytesOf);
  const count = countApplications(lost);
  return { applications, ...(count > applications.length ? { applicationsCount: count } : {}) };
};

type Bounded = Pick<
  LossRecord,
  "applications" | "applicationsCount" | "reason" | "cause" | "customerID" | "trail"
>;

/**
 * A loss with every list and text no longer than it may be, however it was stored: its item fits whatever happened to it,
 * and so do the answers that show it.
 */
export const boundLoss = <One extends Bounded>(loss: One): One => {
  const { reason, cause, customerID, trail } = loss;
  return {
    ...loss,
    ...boundApplications(loss),
    reason: boundReason(reason),
    ...(cause === undefined ? {} : { cause: cutText(cause, maxCauseLength) }),
    ...(customerID === undefined ? {} : { customerID: cutText(customerID, maxNameLength) }),
    trail: trail.map(({ at, words }) => ({ at, words: cutText(words, maxWordsLength) })),
  };
};

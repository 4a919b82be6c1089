import { compareMarks, isRegistrationNewer, type Mark } from "./mark.ts";
import type { Marks } from "./merge.ts";
import { type Cause, type Verdict, verdictOf } from "./verdict.ts";

/** Whether an application is registered. `id` and `time` (the T-Server's, microseconds) are those of the event that decides it. */
export type Standing = { status: "registered"; id: string; time: number } | Absence;

/** How and why an application is not registered. */
export type Absence = {
  status: "unregistered";
  id: string;
  time: number;
  verdict: Verdict;
  cause: Cause;
};

const isOver = (registered: Mark | undefined, end: Mark): boolean =>
  registered === undefined || !isRegistrationNewer(registered, end);

const newestLoss = ({ registered, lost, missed }: Marks): Mark | undefined =>
  [lost, missed]
    .filter((mark) => mark !== undefined)
    .filter((mark) => isOver(registered, mark))
    .sort((a, b) => compareMarks(b, a))[0];

const retirementOf = ({ registered, retired }: Marks): Mark | undefined => {
  if (retired === undefined || registered === undefined) return retired;
  // At the same time, the registration wins: operators notice a DN that should be gone, but not one that is missing.
  return retired.time > registered.time ? retired : undefined;
};

/** Whether the registration was retired and has not come back since. */
export const isRetired = (marks: Marks): boolean => retirementOf(marks) !== undefined;

// No event at all: a loss without a cause.
const toAbsence = ({ id, time, derived, ...mark }: Mark = { id: "", time: 0 }): Absence => {
  const { referenceID, errorCode, errorMessage } = mark;
  const given = { referenceID, errorCode, errorMessage };
  const cause = derived === undefined ? given : { ...given, derived: { from: derived, at: time } };
  return { status: "unregistered", id, time, verdict: verdictOf(cause), cause };
};

/**
 * Derives the standing from the marks: registered when the registration is newest, unexpectedly unregistered when an
 * unexpected event is newer than the registration. A clean-up answer after a real loss does not hide the loss; a retirement
 * does.
 */
export const standingOf = (marks: Marks): Standing => {
  const { registered, unregistered } = marks;
  const retired = retirementOf(marks);
  if (retired !== undefined) {
    const { id, time } = retired;
    return { status: "unregistered", id, time, verdict: "expected", cause: { retiredAt: time } };
  }
  const loss = newestLoss(marks);
  const isAsked = unregistered !== undefined && isOver(registered, unregistered);
  if (registered === undefined || loss !== undefined || isAsked) {
    return toAbsence(loss ?? unregistered);
  }
  return { status: "registered", id: registered.id, time: registered.time };
};

/** The T-Server's time of the newest event of any kind, in microseconds; by our clock where there is only a retirement. */
export const confirmedAt = ({ registered, unregistered, missed, retired }: Marks): number =>
  Math.max(registered?.time ?? 0, unregistered?.time ?? 0, missed?.time ?? 0) ||
  (retired?.time ?? 0);

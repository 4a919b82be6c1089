import { isRegistrationNewer, type Mark } from "./mark.ts";
import type { Marks } from "./merge.ts";
import { type Cause, judge, type Verdict } from "./verdict.ts";

/** Where an application's registration stands. `id` and `time` (the T-Server's, microseconds) are of the event that decided it. */
export type Standing = { status: "registered"; id: string; time: number } | Absence;

/** How and why an application is not registered. */
export type Absence = {
  status: "unregistered";
  id: string;
  time: number;
  verdict: Verdict;
  cause: Cause;
};

const beats = (registered: Mark | undefined, unregistered: Mark | undefined): boolean =>
  registered !== undefined &&
  (unregistered === undefined || isRegistrationNewer(registered, unregistered));

/**
 * Derives the standing from the marks: registered when that is newest, unexpectedly unregistered when an unexpected
 * event is newer than the registration. A clean-up answer after a real loss does not whitewash it.
 */
export const standingOf = ({ registered, unregistered, lost }: Marks): Standing => {
  const survivesLoss = beats(registered, lost);
  if (registered !== undefined && survivesLoss && beats(registered, unregistered)) {
    return { status: "registered", id: registered.id, time: registered.time };
  }
  const deciding = survivesLoss || lost === undefined ? unregistered : lost;
  // No event at all reads as a loss without a cause.
  const { id, time, ...cause } = deciding ?? { id: "", time: 0 };
  return { status: "unregistered", id, time, verdict: judge(cause), cause };
};

/** The T-Server's time of the newest event of any kind, in microseconds. */
export const confirmedAt = ({ registered, unregistered }: Marks): number =>
  Math.max(registered?.time ?? 0, unregistered?.time ?? 0);

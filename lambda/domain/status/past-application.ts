import type { RegistrationEvent } from "../event/registration-event.ts";
import { advanceApplication } from "./advance.ts";
import { joinMarks, type Marks } from "./merge.ts";
import type { Application } from "./registration-status.ts";
import { type Standing, standingOf } from "./standing.ts";
import {
  findUnbroken,
  isAllSeen,
  isCustomerKnown,
  knownThen,
  newestTime,
  type View,
} from "./unbroken.ts";

/** An application after one of its events. */
export type Step = { event: RegistrationEvent; after: Application };

/** What an application was at a time: `isKept` where that follows from what it is now. `absent`: it did not exist. */
export type PastApplication = { application: Application; isKept: boolean } | "absent";

/** Replays events of applications, which are in their order: one step each, whatever the number of applications. */
export const stepsOf = (events: readonly RegistrationEvent[]): Step[] => {
  const newest = new Map<string, Application>();
  return events.map((event) => {
    const after = advanceApplication(newest.get(event.application), event);
    newest.set(event.application, after);
    return { event, after };
  });
};

/** Whether an application is out for certain, whatever came before the steps: only a missed one may have been renewed. */
export const isSurelyOut = ({ after }: Step): boolean => {
  const { registered, unregistered, retired } = after;
  const isKnown = (registered ?? unregistered ?? retired) !== undefined;
  return isKnown && standingOf(after).status === "unregistered";
};

// Whether the standing turned within the steps: what came before them does not matter any more.
const hasTurned = (steps: readonly Step[], { status }: Standing): boolean =>
  steps.some((step) =>
    status === "registered" ? isSurelyOut(step) : standingOf(step.after).status === "registered",
  );

// What the status remembers of a second may be more than the rows that the history still has.
const withKnown = (replayed: Application, known: Marks): Application => {
  const marks = joinMarks(replayed, known);
  const { status, time } = standingOf(marks);
  const isSame = status === standingOf(replayed).status;
  return { ...marks, statusSince: isSame ? replayed.statusSince : time };
};

/**
 * Finds what an application was at the time of a view, from what it is now and from the steps of the view. Undefined:
 * older events may matter.
 */
export const findPastApplication = (
  now: Application,
  steps: readonly Step[],
  view: View,
): PastApplication | undefined => {
  if (newestTime(now) <= view.at) {
    const { stale: _, ...application } = now;
    return { application, isKept: true };
  }
  const last = steps.at(-1)?.after;
  const unbroken = findUnbroken(now, last ?? {}, view);
  if (unbroken !== undefined) return { application: unbroken, isKept: true };
  if (last === undefined) return isAllSeen(view) ? "absent" : undefined;
  const isSettled =
    isAllSeen(view) || (hasTurned(steps, standingOf(last)) && isCustomerKnown(now, last, view));
  return isSettled
    ? { application: withKnown(last, knownThen(now, view)), isKept: false }
    : undefined;
};

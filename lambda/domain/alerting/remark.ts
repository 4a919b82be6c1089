import type { Actor } from "../access/actor.ts";
import { type Alert, addToTimeline, type TimelineEntry } from "./alert.ts";

/** Who did something, and what they wrote about it. */
export type Remark = Actor & { note?: string | undefined };

/** A remark about a retirement, which says why. */
export type RetirementRemark = Remark & { note: string };

/** Whether what is stored was said by the same person, in the same words. No note and an empty one are the same. */
export const isSameRemark = (
  stored: Partial<TimelineEntry> | undefined,
  { author, onBehalfOf, note = "" }: Remark,
): boolean =>
  stored?.author === author && stored.onBehalfOf === onBehalfOf && (stored.note ?? "") === note;

/**
 * An alert with a timeline entry that says who did what; undefined where the entry is there already. `now` in
 * microseconds.
 */
export const noteRemark = (
  alert: Alert,
  what: string,
  remark: Remark,
  now: number,
): { alert: Alert } | undefined => {
  const isThere = alert.timeline.some(
    (entry) => entry.what === what && isSameRemark(entry, remark),
  );
  const entry = { at: now, what, ...remark };
  return isThere
    ? undefined
    : { alert: { ...alert, timeline: addToTimeline(alert.timeline, entry) } };
};

import { type Alert, addToTimeline } from "./alert.ts";

/** Who did something, and what they wrote about it. */
export type Remark = { author: string; note: string };

/** Whether this remark is the alert's newest acknowledgement. */
export const hasAcknowledged = ({ acknowledgement }: Alert, { author, note }: Remark): boolean =>
  acknowledgement?.author === author && acknowledgement.note === note;

/**
 * An alert with a timeline entry that says who did what; undefined where the entry is there already. `now` in
 * microseconds.
 */
export const noteRemark = (
  alert: Alert,
  what: string,
  { author, note }: Remark,
  now: number,
): { alert: Alert } | undefined => {
  const isThere = alert.timeline.some(
    (entry) => entry.what === what && entry.author === author && entry.note === note,
  );
  const entry = { at: now, what, author, note };
  return isThere
    ? undefined
    : { alert: { ...alert, timeline: addToTimeline(alert.timeline, entry) } };
};

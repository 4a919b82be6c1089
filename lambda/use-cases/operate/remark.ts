import type { TimelineEntry } from "../../domain/alerting/alert.ts";

/** Who did something, and what they wrote about it. */
export type Remark = { author: string; note: string };

/** Whether an entry of a timeline says just this. */
export const says =
  (what: string, { author, note }: Remark) =>
  (entry: TimelineEntry): boolean =>
    entry.what === what && entry.author === author && entry.note === note;

import type { TimelineEntry } from "./alert.ts";

// With the longest notes these take a third of what an item may hold.
const maxEntries = 50;

/** A timeline with one more entry: the first one and the newest are kept. */
export const addToTimeline = (
  timeline: readonly TimelineEntry[],
  entry: TimelineEntry,
): TimelineEntry[] => {
  const entries = [...timeline, entry];
  return entries.length <= maxEntries
    ? entries
    : [...entries.slice(0, 1), ...entries.slice(1 - maxEntries)];
};

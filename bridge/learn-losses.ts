import type { LogReading } from "./log-reading.ts";
import { createLosses } from "./losses.ts";
import { loggedEventOf } from "./registration-of.ts";
import type { SourceEvent } from "./source-event.ts";

const taken = new Set(["applied", "duplicate", "outdated"]);

/** Learns the unexpected losses from the events that the adapter took, in their order, while they are wanted. */
export const createLearnLosses = (isWanted: () => boolean, reading: LogReading) => {
  const losses = createLosses();
  return {
    list: losses.list,
    see: (event: SourceEvent, outcome: string): void => {
      if (!isWanted()) return;
      if (outcome !== "ignored" && !taken.has(outcome)) reading.breakOff();
      const logged = taken.has(outcome) ? loggedEventOf(event) : undefined;
      if (logged !== undefined && !losses.see(logged)) reading.notListed(event);
    },
  };
};

/** Learns the unexpected losses from the events that the adapter took. */
export type LearnLosses = ReturnType<typeof createLearnLosses>;

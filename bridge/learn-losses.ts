import { createLosses } from "./losses.ts";
import { registrationOf } from "./registration-of.ts";
import type { SourceEvent } from "./source-event.ts";

const taken = new Set(["applied", "duplicate", "outdated"]);

/** Learns the unexpected losses from the events that the adapter took, in their order, while they are wanted. */
export const createLearnLosses = (isWanted: () => boolean) => {
  const losses = createLosses();
  return {
    list: losses.list,
    see: (event: SourceEvent, outcome: string): void => {
      if (!isWanted() || !taken.has(outcome)) return;
      const registration = registrationOf(event);
      if (registration !== undefined) losses.see(registration);
    },
  };
};

/** Learns the unexpected losses from the events that the adapter took. */
export type LearnLosses = ReturnType<typeof createLearnLosses>;

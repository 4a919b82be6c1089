import { createLosses } from "./losses.ts";
import { registrationOf } from "./registration-of.ts";
import type { SourceEvent } from "./source-event.ts";
import type { HeldChange } from "./spool/held-dns.ts";

/** What to learn from the events that the adapter takes. */
export interface LearningWishes {
  /** Losses are worth a list where somebody looks into a log. */
  readonly wantsLosses: () => boolean;
  /** Which DNs are held is worth knowing where heartbeats tell it. */
  readonly wantsHeld: () => boolean;
}

const taken = new Set(["applied", "duplicate", "outdated"]);

/** Learns from the events that the adapter took, in their order: unexpected losses, and which DNs are held. */
export const createLearn = ({ wantsLosses, wantsHeld }: LearningWishes) => {
  const losses = createLosses();
  return {
    losses: losses.list,
    see: (event: SourceEvent, outcome: string): HeldChange[] => {
      if (!taken.has(outcome) || !(wantsLosses() || wantsHeld())) return [];
      const registration = registrationOf(event);
      if (registration === undefined) return [];
      if (wantsLosses()) losses.see(registration);
      const { server, thisDN } = registration;
      const isHeld = registration.event === "EventRegistered";
      return wantsHeld() && outcome !== "outdated" ? [{ server, thisDN, isHeld }] : [];
    },
  };
};

/** Learns from the events that the adapter took. */
export type Learn = ReturnType<typeof createLearn>;

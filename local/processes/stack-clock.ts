import { setTimeout as sleep } from "node:timers/promises";

/** The time in the running stack. */
export type StackClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits; rejects when the stack stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** The clock of this machine, until the stack stops. */
export const systemClock = (stop: AbortSignal): StackClock => ({
  now: Date.now,
  wait: (milliseconds) => sleep(milliseconds, undefined, { signal: stop }),
});

import type { StackClock } from "../processes/stack-clock.ts";
import type { NextAfter } from "./schedule-expression.ts";

// A timer can wait 24 days at most, and frequent new timers notice when the machine's clock is changed.
const longestWaitMilliseconds = 60_000;

/** Fires at each time; resolves after the last one, rejects when the stack stops. Times missed while the machine slept fire once. */
export const runSchedule = async (
  nextAfter: NextAfter,
  fire: (due: number) => void,
  { now, wait }: StackClock,
): Promise<void> => {
  let due = nextAfter(now());
  while (due !== undefined) {
    for (let left = due - now(); left > 0; left = due - now()) {
      await wait(Math.min(left, longestWaitMilliseconds));
    }
    fire(due);
    due = nextAfter(Math.max(due, now()));
  }
};

import type { StackClock } from "../processes/stack-clock.ts";
import type { NextAfter } from "./schedule-expression.ts";

// A timer holds at most 24 days, and one that is set anew soon sees a clock that was moved.
const longestWaitMilliseconds = 60_000;

/** Fires at each time; resolves after the last one, rejects when the stack stops. What came due while the machine slept fires once. */
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

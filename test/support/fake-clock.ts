import type { StackClock } from "../../local/processes/stack-clock.ts";

type Sleeper = {
  readonly until: number;
  readonly wake: () => void;
  readonly stop: (reason: Error) => void;
};

/** A clock whose waits take no time: the wait that ends first moves it on. The stack "stops" at the end. */
export const createFakeClock = (
  start: number,
  end = Number.POSITIVE_INFINITY,
): StackClock & { readonly waits: number[] } => {
  let now = start;
  const waits: number[] = [];
  const sleepers: Sleeper[] = [];
  const wakeFirst = () => {
    const first = sleepers.reduce((a, b) => (b.until < a.until ? b : a));
    sleepers.splice(sleepers.indexOf(first), 1);
    if (first.until > end) return first.stop(new Error("stopped"));
    now = Math.max(now, first.until);
    first.wake();
  };
  return {
    waits,
    now: () => now,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      setImmediate(wakeFirst);
      return new Promise<void>((wake, stop) => {
        sleepers.push({ until: now + milliseconds, wake, stop });
      });
    },
  };
};

import type { Problem } from "../problem.ts";
import { explainSeconds } from "../stamp-problem.ts";
import { explainFarTime } from "../time-problem.ts";

const minuteMicros = 60 * 1_000_000;

/** How far a clock may be ahead of ours, in microseconds, without being thought wrong. */
export const clockLead = 5 * minuteMicros;

/**
 * Compares a T-Server's time with our clock (both in microseconds). A time that is a little ahead gives a warning. A
 * time that is far ahead is refused, because such an event would outrank every true one until that time has come.
 * `written`: the time as it came, which may say why.
 */
export const checkClock = (
  time: number,
  now: number,
  pointer: string,
  written?: unknown,
): { kind: "refused" | "ahead"; problem: Problem } | { kind: "plausible" } => {
  if (time > now + 60 * minuteMicros) {
    const seconds = explainSeconds(written);
    const unit = seconds === undefined ? "" : `, and that ${seconds}`;
    const why =
      explainFarTime(time, written) ??
      `lies more than 60 minutes ahead of our clock: check the T-Server's clock${unit}`;
    const detail = `time ${why}`;
    return { kind: "refused", problem: { pointer, code: "time-in-future", detail } };
  }
  if (time > now + clockLead) {
    const detail = "time lies more than 5 minutes ahead of our clock";
    return { kind: "ahead", problem: { pointer, code: "time-ahead", detail } };
  }
  return { kind: "plausible" };
};

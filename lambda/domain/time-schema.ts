import * as v from "valibot";
import { readTime } from "./time.ts";
import { explainIsoTime, explainTime, explainUrlTime } from "./time-problem.ts";

// What is wrong with a value is looked for only where it cannot be read: a valid time must not pay for it.
const microsOrProblem = v.transform((value: unknown) => readTime(value) ?? explainTime(value));

/** A time in any form, as microseconds since 1970; an issue says what is wrong with the value at hand. */
export const anyTime = v.pipe(
  v.unknown(),
  microsOrProblem,
  v.number(({ input }) => String(input)),
);

/**
 * A time as ISO 8601 text, as microseconds since 1970. `subject`: the name of a parameter of a URL and a space, which
 * begin an issue; nothing elsewhere.
 */
export const isoTime = (subject = "") =>
  v.pipe(
    v.string(`${subject}must be ISO 8601 text, like "2026-11-20T02:58:00Z"`),
    v.transform((text) => readTime(text) ?? (subject ? explainUrlTime : explainIsoTime)(text)),
    v.number(({ input }) => subject + String(input)),
  );

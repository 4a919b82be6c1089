import { type Goal, type MeasurementResult, summarize } from "../results/measurement.ts";
import { courseOf, type MemorySample } from "./memory.ts";
import type { AnswerTally } from "./tally.ts";

/** What a run at the limit came to. */
export type LimitFindings = {
  readonly seconds: number;
  readonly tally: Pick<AnswerTally, "count">;
  readonly events: number;
  readonly samples: readonly MemorySample[];
  readonly wrongStatuses: number;
  readonly wrongHistory: number;
  readonly survivors: number;
};

const none: Goal = { atMost: 0 };
const flat: Goal = { atMost: 1.1 };

const count = (name: string, what: string, figure: number, goal: Goal = {}): MeasurementResult =>
  summarize({ name: `limit-${name}`, what, goal }, [{ figure }]);

const memory = (
  name: string,
  what: string,
  part: "ours" | "messaging" | "database",
  { samples, seconds }: LimitFindings,
  goal: Goal = {},
): MeasurementResult => {
  const course = courseOf(samples, part, seconds);
  const pass = goal.atMost === undefined || course.figure <= goal.atMost;
  return { name: `limit-${name}`, what, goal, ...course, pass, unsteady: false };
};

/** The rows of the table. */
export const toRows = (findings: LimitFindings): MeasurementResult[] => {
  const { tally, events, wrongStatuses, wrongHistory, survivors } = findings;
  const against = "the last minute against the second";
  return [
    count("stored", "requests answered 200", tally.count("stored"), { atLeast: 1 }),
    count("events", "events in them", events),
    count("refused", "answers 429 or 503 with Retry-After", tally.count("refused")),
    count("errors", "any other answer, or none", tally.count("error"), none),
    count("status", "registrations older or other than what was answered 200", wrongStatuses, none),
    count("history", "events answered 200 that are not in the history once", wrongHistory, none),
    memory("memory", `memory of runner and functions, ${against}`, "ours", findings, flat),
    memory("fauxqs", `memory of fauxqs, which keeps everything, ${against}`, "messaging", findings),
    memory("database", `memory of DynamoDB's emulator, the same`, "database", findings),
    count("processes", "processes left afterwards", survivors, none),
  ];
};

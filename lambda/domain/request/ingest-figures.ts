import type { RegistrationEvent } from "../event/registration-event.ts";
import type { Figure } from "../ports.ts";
import type { Result } from "./result.ts";

const names: Readonly<Record<Result["outcome"], string>> = {
  applied: "EventsApplied",
  duplicate: "EventsDuplicate",
  outdated: "EventsOutdated",
  ignored: "EventsIgnored",
  rejected: "EventsRejected",
};

const isAhead = ({ problems = [], warnings = [] }: Result): boolean =>
  [...problems, ...warnings].some(({ code }) => code === "time-ahead" || code === "time-in-future");

const lagOf = (events: readonly RegistrationEvent[], now: number): number => {
  const newest = Math.max(...events.map(({ time }) => time));
  return Math.max(0, (now - newest) / 1_000_000);
};

/** Counts a request's outcomes, and how long its newest event of each server was under way. `now` in microseconds. */
export const ingestFigures = (
  results: readonly Result[],
  events: readonly RegistrationEvent[],
  now: number,
): Figure[] => {
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  const byServer = Map.groupBy(events, ({ server }) => server);
  const ahead = results.filter(isAhead).length;
  return [
    ...[...byOutcome].map(([outcome, some]): Figure => {
      return { name: names[outcome], value: some.length, unit: "Count" };
    }),
    ...(ahead === 0 ? [] : [{ name: "EventsAheadOfClock", value: ahead, unit: "Count" as const }]),
    ...[...byServer].map(([server, some]): Figure => {
      return { name: "ArrivalLagSeconds", value: lagOf(some, now), unit: "Seconds", server };
    }),
  ];
};

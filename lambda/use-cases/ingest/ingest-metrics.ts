import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import type { Metric } from "../../ports/telemetry.ts";
import type { EventResult } from "./result.ts";

const names: Readonly<Record<EventResult["outcome"], string>> = {
  applied: "EventsApplied",
  duplicate: "EventsDuplicate",
  outdated: "EventsOutdated",
  ignored: "EventsIgnored",
  rejected: "EventsRejected",
};

const clockMetrics = [
  { name: "EventsAheadOfClock", codes: ["time-ahead", "time-in-future"] },
  { name: "ClocksWentBack", codes: ["clock-went-back"] },
] as const;

const countOf = (results: readonly EventResult[], codes: readonly string[]): number =>
  results.filter(({ problems = [], warnings = [] }) =>
    [...problems, ...warnings].some(({ code }) => codes.includes(code)),
  ).length;

const lagOf = (events: readonly RegistrationEvent[], now: number): number => {
  const newest = Math.max(...events.map(({ time }) => time));
  return Math.max(0, (now - newest) / 1_000_000);
};

/** Counts a request's outcomes, and how long its newest event of each server was under way. `now` in microseconds. */
export const ingestMetrics = (
  results: readonly EventResult[],
  events: readonly RegistrationEvent[],
  now: number,
): Metric[] => {
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  const byServer = Map.groupBy(events, ({ server }) => server);
  return [
    ...[...byOutcome].map(([outcome, some]): Metric => {
      return { name: names[outcome], value: some.length, unit: "Count" };
    }),
    ...clockMetrics.flatMap(({ name, codes }): Metric[] => {
      const value = countOf(results, codes);
      return value === 0 ? [] : [{ name, value, unit: "Count" }];
    }),
    ...[...byServer].map(([server, some]): Metric => {
      return { name: "ArrivalLagSeconds", value: lagOf(some, now), unit: "Seconds", server };
    }),
  ];
};

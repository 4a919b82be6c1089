import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import { isServerRefusal } from "../../domain/event/server-refusal.ts";
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

const isServerRefused = ({ problems = [] }: EventResult): boolean =>
  problems.some(({ code }) => isServerRefusal(code));

/** So many events or heartbeats were about servers that their keys may not name. */
export const serversRefused = (value: number): Metric => {
  return { name: "ServersRefused", value, unit: "Count" };
};

const lagOf = (events: readonly RegistrationEvent[], now: number): number => {
  const newest = Math.max(...events.map(({ time }) => time));
  return Math.max(0, (now - newest) / 1_000_000);
};

/**
 * Counts a request's outcomes, and how long its newest event of each server with metrics of its own was under way. `now`
 * in microseconds.
 */
export const ingestMetrics = (
  results: readonly EventResult[],
  events: readonly RegistrationEvent[],
  now: number,
): Metric[] => {
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  const byServer = Map.groupBy(events, ({ server }) => server);
  const refused = results.filter(isServerRefused).length;
  return [
    ...[...byOutcome].map(([outcome, some]): Metric => {
      return { name: names[outcome], value: some.length, unit: "Count" };
    }),
    ...clockMetrics.flatMap(({ name, codes }): Metric[] => {
      const value = countOf(results, codes);
      return value === 0 ? [] : [{ name, value, unit: "Count" }];
    }),
    ...(refused === 0 ? [] : [serversRefused(refused)]),
    ...[...byServer].map(([server, some]): Metric => {
      return { name: "ArrivalLagSeconds", value: lagOf(some, now), unit: "Seconds", server };
    }),
  ];
};

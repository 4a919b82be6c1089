import { inParallel } from "../../async/in-parallel.ts";
import type { BridgeKey } from "../../domain/access/bridge-key.ts";
import {
  bareReport,
  type ConnectionReport,
  type Health,
} from "../../domain/connection/connection-report.ts";
import { type AlertRules, micros } from "../../domain/rules.ts";
import type { ReadAllConnections } from "../../ports/connections.ts";
import type { Log } from "../../ports/telemetry.ts";
import { maxRemembered, type RecordReport } from "./record-report.ts";

/** Why nothing of a bridge gets through. */
export type Trouble = Exclude<Health, { kind: "sound" | "heard" }>;

/**
 * Notes on an application's known connections that it does not get through: on those observed, else on that to its key's
 * server, else on all that it must be about. Never fails: that is logged.
 */
export type ReportTrouble = (
  key: Pick<BridgeKey, "name" | "serverName">,
  trouble: Trouble,
  observations?: readonly ConnectionReport[],
) => Promise<void>;

const width = 10;

/** Builds it; at most once in ten seconds for a bridge here, because it says the same with every request. `now` in microseconds. */
export const createReportTrouble = (dependencies: {
  noteObservation: RecordReport;
  readAllConnections: ReadAllConnections;
  rules: AlertRules;
  log: Log;
  now: () => number;
}): ReportTrouble => {
  const { noteObservation, readAllConnections, rules, log, now } = dependencies;
  const notedAt = new Map<string, number>();
  const pause = Math.min(micros(10), micros(rules.silenceSeconds) / 6);

  const isPaused = (key: string): boolean => {
    const last = notedAt.get(key);
    if (last !== undefined && now() - last < pause) return true;
    // As there: a bridge that invents server names must not fill the memory.
    if (notedAt.size >= maxRemembered) notedAt.clear();
    notedAt.set(key, now());
    return false;
  };

  const observeAll: (...told: Parameters<ReportTrouble>) => Promise<readonly ConnectionReport[]> =
    async ({ name: application, serverName: server }, trouble, observations = []) => {
      if (observations.length > 0) return observations;
      if (server !== undefined) return [bareReport({ server, application }, now(), trouble)];
      const connections = (await readAllConnections()).filter(
        (connection) => connection.application === application,
      );
      // A body that cannot be read is about one server, and nobody knows which; a clock is off for all.
      const isUnclear = trouble.kind === "rejected" && connections.length > 1;
      return isUnclear
        ? []
        : connections.map((connection) => bareReport(connection, now(), trouble));
    };

  return async (key, trouble, observations = []) => {
    const servers = observations.map(({ server }) => server);
    if (isPaused(JSON.stringify([key.name, trouble.kind, ...servers]))) return;
    try {
      await inParallel(width, await observeAll(key, trouble, observations), noteObservation);
    } catch (error) {
      log("warn", "trouble of a bridge not noted", { bridge: key.name, error });
    }
  };
};

import { inParallel } from "../../async/in-parallel.ts";
import { type BridgeKey, mayName } from "../../domain/access/bridge-key.ts";
import {
  bareReport,
  type ConnectionReport,
  type Health,
} from "../../domain/connection/connection-report.ts";
import { refreshMicros } from "../../domain/rules.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import { maxRemembered, type RecordReport } from "./record-report.ts";

/** Why nothing of a request got through though it was verified. */
export type Trouble = Extract<Health, { kind: "rejected" }>;

/**
 * Records in an application's known connections that it does not get through: in those reported, else in the one to its
 * key's server, else in its only one. Never fails: a failure is logged.
 */
export type ReportTrouble = (
  key: Pick<BridgeKey, "name" | "serverName" | "servers">,
  trouble: Trouble,
  reports?: readonly ConnectionReport[],
) => Promise<void>;

const width = 10;

/**
 * Builds it; for one bridge it works at most once in ten seconds here, because that bridge says the same with every
 * request.
 */
export const createReportTrouble = (
  ports: Pick<IngestPorts, "readAllConnections" | "rules" | "log" | "now">,
  recordReport: RecordReport,
): ReportTrouble => {
  const { readAllConnections, rules, log, now } = ports;
  const notedAt = new Map<string, number>();

  const isPaused = (key: string): boolean => {
    const last = notedAt.get(key);
    if (last !== undefined && now() - last < refreshMicros(rules)) return true;
    // As in record-report: a bridge that invents server names must not fill the memory.
    if (notedAt.size >= maxRemembered) notedAt.clear();
    notedAt.set(key, now());
    return false;
  };

  const reportsOn = async (
    { name: application, serverName: server }: Pick<BridgeKey, "name" | "serverName">,
    trouble: Trouble,
  ): Promise<readonly ConnectionReport[]> => {
    if (server !== undefined) return [bareReport({ server, application }, now(), trouble)];
    const connections = (await readAllConnections()).filter(
      (connection) => connection.application === application,
    );
    // A body that cannot be read concerns one server, and of several it is unknown which.
    return connections.length > 1
      ? []
      : connections.map((connection) => bareReport(connection, now(), trouble));
  };

  return async (key, trouble, reports = []) => {
    const servers = reports.map(({ server }) => server);
    if (isPaused(JSON.stringify([key.name, ...servers]))) return;
    try {
      const concerned = reports.length > 0 ? reports : await reportsOn(key, trouble);
      const allowed = concerned.filter(({ server }) => mayName(key, server));
      await inParallel(width, allowed, recordReport);
    } catch (error) {
      log("warn", "trouble of a bridge not recorded", { bridge: key.name, error });
    }
  };
};

import { inParallel } from "../../async/in-parallel.ts";
import { type BridgeKey, mayName } from "../../domain/access/bridge-key.ts";
import type { SignedRequest } from "../../domain/access/signature.ts";
import type { Connection } from "../../domain/connection/connection.ts";
import { bareReport } from "../../domain/connection/connection-report.ts";
import { provesWrongClock, requestsOf } from "../../domain/connection/request-memory.ts";
import { refreshMicros } from "../../domain/rules.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import type { RecentRequests } from "./recent-requests.ts";
import type { RecordReport } from "./record-report.ts";

/**
 * Judges a request with a right signature and a wrong time: whether it proves that its bridge's clock is off. If so,
 * records that in the connections that the key is for. Never fails: a failure is logged, and proves nothing.
 */
export type ReportStale = (
  key: Pick<BridgeKey, "name" | "serverName" | "servers">,
  request: SignedRequest,
) => Promise<boolean>;

type Look = { at: number; connections: Promise<Connection[]>; isRecorded: boolean };

const width = 10;
const detail = "its clock is more than 5 minutes off";

/**
 * Builds it; for one bridge it reads and records at most once in ten seconds here, because that bridge, or whoever
 * repeats its requests, does the same with every request.
 */
export const createReportStale = (
  ports: Pick<IngestPorts, "readAllConnections" | "rules" | "log" | "now">,
  { recordReport, recent }: { recordReport: RecordReport; recent: RecentRequests },
): ReportStale => {
  const { readAllConnections, rules, log, now } = ports;
  const looks = new Map<string, Look>();

  const readOf = async (name: string): Promise<Connection[]> =>
    (await readAllConnections()).filter(({ application }) => application === name);

  const lookAt = (name: string): Look => {
    const last = looks.get(name);
    if (last !== undefined && now() - last.at < refreshMicros(rules)) return last;
    const look = { at: now(), connections: readOf(name), isRecorded: false };
    looks.set(name, look);
    return look;
  };

  return async (key, request) => {
    const { name, serverName } = key;
    const mark = recent.markOf(request);
    try {
      const look = lookAt(name);
      const connections = await look.connections;
      const memories = [...connections.map(requestsOf), recent.of(name) ?? []].flat();
      if (!provesWrongClock(mark, memories)) return false;
      if (look.isRecorded) return true;
      look.isRecorded = true;
      const concerned = connections.filter(
        ({ server }) => (serverName ?? server) === server && mayName(key, server),
      );
      await inParallel(width, concerned, (connection) =>
        recordReport(bareReport(connection, now(), { kind: "clock", detail, id: mark.id })),
      );
      return true;
    } catch (error) {
      log("warn", "trouble of a bridge not recorded", { bridge: name, error });
      return false;
    }
  };
};

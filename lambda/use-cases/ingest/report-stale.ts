import { inParallel } from "../../async/in-parallel.ts";
import { type BridgeKey, mayName } from "../../domain/access/bridge-key.ts";
import type { SignedRequest } from "../../domain/access/signature.ts";
import type { Connection } from "../../domain/connection/connection.ts";
import { bareReport } from "../../domain/connection/connection-report.ts";
import {
  isEnoughEvidence,
  isWrongClockEvidence,
  requestsOf,
} from "../../domain/connection/request-memory.ts";
import { refreshMicros } from "../../domain/rules.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import type { RecentRequests } from "./recent-requests.ts";
import { maxRemembered, type RecordReport } from "./record-report.ts";

/**
 * What a request with a right signature and a wrong time shows: `clock-off`, with others before it, that its bridge's
 * clock is off; `unproven`, nothing yet; `repeated`, nothing, and it came here before.
 */
export type StaleVerdict = "clock-off" | "unproven" | "repeated";

/**
 * Judges a request with a right signature and a wrong time. Where it shows that its bridge's clock is off, that is
 * recorded in the connections that the key is for. Never fails: a failure is logged, and shows nothing.
 */
export type ReportStale = (
  key: Pick<BridgeKey, "name" | "serverName" | "servers">,
  request: SignedRequest,
) => Promise<StaleVerdict>;

type Look = { at: number; connections: Promise<Connection[]>; isRecorded: boolean };

const width = 10;
const detail = "its clock is more than 5 minutes off";

/**
 * Builds it; for one bridge it reads and records at most once in ten seconds here, because that bridge, or an attacker
 * who repeats its requests, does the same with every request.
 */
export const createReportStale = (
  ports: Pick<IngestPorts, "readAllConnections" | "rules" | "log" | "now">,
  { recordReport, recent }: { recordReport: RecordReport; recent: RecentRequests },
): ReportStale => {
  const { readAllConnections, rules, log, now } = ports;
  const looks = new Map<string, Look>();
  const seen = new Set<string>();

  const readOf = async (name: string): Promise<Connection[]> =>
    (await readAllConnections()).filter(({ application }) => application === name);

  const lookAt = (name: string): Look => {
    const last = looks.get(name);
    if (last !== undefined && now() - last.at < refreshMicros(rules)) return last;
    const look = { at: now(), connections: readOf(name), isRecorded: false };
    looks.set(name, look);
    return look;
  };

  // Whether the clock is off, as this request and others before it show.
  const judge: (...given: Parameters<ReportStale>) => Promise<boolean> = async (key, request) => {
    const { name, serverName } = key;
    const mark = recent.markOf(request);
    const look = lookAt(name);
    const connections = await look.connections;
    const memories = [...connections.map(requestsOf), recent.of(name) ?? []].flat();
    if (!isWrongClockEvidence(mark, memories)) return false;
    const ids = [recent.suspect(name, mark), ...connections.map(({ blind }) => blind?.ids ?? "")];
    if (!look.isRecorded) {
      look.isRecorded = true;
      const concerned = connections.filter(
        ({ server }) => (serverName ?? server) === server && mayName(key, server),
      );
      await inParallel(width, concerned, (connection) =>
        recordReport(bareReport(connection, now(), { kind: "clock", detail, id: mark.id })),
      );
    }
    return ids.some(isEnoughEvidence);
  };

  const isRepeated = ({ name }: Parameters<ReportStale>[0], { id }: SignedRequest): boolean => {
    const text = JSON.stringify([name, id]);
    if (seen.has(text)) return true;
    if (seen.size >= maxRemembered) seen.clear();
    seen.add(text);
    return false;
  };

  return async (key, request) => {
    const isOld = isRepeated(key, request);
    try {
      if (await judge(key, request)) return "clock-off";
    } catch (error) {
      log("warn", "trouble of a bridge not recorded", { bridge: key.name, error });
    }
    return isOld ? "repeated" : "unproven";
  };
};

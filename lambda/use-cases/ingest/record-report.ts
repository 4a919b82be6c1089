import { retryOnConflict } from "../../async/retry-on-conflict.ts";
import { type Connection, connectionKeyText } from "../../domain/connection/connection.ts";
import {
  type ConnectionReport,
  isGettingThrough,
} from "../../domain/connection/connection-report.ts";
import { joinReport } from "../../domain/connection/join-report.ts";
import type { Live } from "../../domain/connection/join-statements.ts";
import { joinClock, joinReadings, readOn } from "../../domain/connection/server-clock.ts";
import { connectionEvaluationsOf, type RecordedReport } from "./connection-evaluations.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import type { RecentRequests } from "./recent-requests.ts";

/**
 * Records what a request says about a connection, and requests the evaluation of what is new. Undefined: the request
 * may not create this connection.
 */
export type RecordReport = (report: ConnectionReport) => Promise<RecordedReport | undefined>;

/** How many connections an execution environment remembers at most. */
export const maxRemembered = 1000;

/**
 * Builds the recorder of connections. It remembers what this execution environment wrote or read last, so that a bridge
 * that sends a lot costs a read and a write every ten seconds. Throws when the store or the queue fails: then it may be
 * repeated, and the scheduled run finds what was not evaluated.
 */
export const createRecordReport = (
  ports: Pick<
    IngestPorts,
    "readConnection" | "writeConnection" | "requestEvaluation" | "readLiveKeys" | "rules"
  >,
  recent: RecentRequests,
): RecordReport => {
  const { readConnection, writeConnection, requestEvaluation, rules } = ports;
  const memory = new Map<string, Connection>();

  // A T-Server's clock is compared with the newest event heard here, which may not have been written.
  const remember = (key: string, { after, progress }: RecordedReport, at: number): void => {
    memory.set(key, { ...after, serverClock: joinClock(after.serverClock, progress, at) });
  };

  const write = (
    report: ConnectionReport,
    known: Connection | undefined,
    live: Live,
  ): Promise<RecordedReport | undefined> =>
    retryOnConflict("a connection", async () => {
      const before = await readConnection(report);
      if (before === undefined && !isGettingThrough(report.health)) return undefined;
      const progress = readOn(
        joinReadings(known?.serverClock, before?.serverClock),
        report.numbered,
      );
      const requests = report.health.kind === "clock" ? undefined : recent.of(report.application);
      const after = joinReport(before, { ...report, serverClock: progress, requests }, rules, live);
      const isWritten = after === before || (await writeConnection(after)) === "written";
      if (after !== before && isWritten) recent.written(report.application, requests);
      return isWritten ? { before, after, progress } : "conflict";
    });

  return async (report) => {
    const key = connectionKeyText(report);
    const known = memory.get(key);
    const live = await ports.readLiveKeys({ reload: false });
    if (known !== undefined) {
      const progress = readOn(known.serverClock, report.numbered);
      if (joinReport(known, { ...report, serverClock: progress }, rules, live) === known) {
        const nothingNew = { before: known, after: known, progress };
        remember(key, nothingNew, report.at);
        return nothingNew;
      }
    }
    memory.delete(key);
    const recorded = await write(report, known, live);
    if (recorded === undefined) return undefined;
    const requests = connectionEvaluationsOf(recorded, report, rules);
    if (requests.length > 0) await requestEvaluation(requests);
    // Only after all has been done; and a bridge that invents server names must not fill the memory.
    if (memory.size >= maxRemembered) memory.clear();
    remember(key, recorded, report.at);
    return recorded;
  };
};

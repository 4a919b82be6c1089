import { retryOnConflict } from "../../async/retry-on-conflict.ts";
import { type Connection, connectionKeyText } from "../../domain/connection/connection.ts";
import {
  type ConnectionReport,
  isGettingThrough,
} from "../../domain/connection/connection-report.ts";
import { joinReport } from "../../domain/connection/join-report.ts";
import type { Live } from "../../domain/connection/join-statements.ts";
import { connectionEvaluationsOf, type RecordedReport } from "./connection-evaluations.ts";
import type { IngestPorts } from "./ingest-ports.ts";

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
): RecordReport => {
  const { readConnection, writeConnection, requestEvaluation, rules } = ports;
  const memory = new Map<string, Connection>();

  const write = (report: ConnectionReport, live: Live): Promise<RecordedReport | undefined> =>
    retryOnConflict("a connection", async () => {
      const before = await readConnection(report);
      if (before === undefined && !isGettingThrough(report.health)) return undefined;
      const after = joinReport(before, report, rules, live);
      const isWritten = after === before || (await writeConnection(after)) === "written";
      return isWritten ? { before, after } : "conflict";
    });

  return async (report) => {
    const key = connectionKeyText(report);
    const known = memory.get(key);
    const live = await ports.readLiveKeys({ reload: false });
    if (known !== undefined && joinReport(known, report, rules, live) === known) {
      return { before: known, after: known };
    }
    memory.delete(key);
    const recorded = await write(report, live);
    if (recorded === undefined) return undefined;
    const requests = connectionEvaluationsOf(recorded, report, rules);
    if (requests.length > 0) await requestEvaluation(requests);
    // Only after all has been done; and a bridge that invents server names must not fill the memory.
    if (memory.size >= maxRemembered) memory.clear();
    memory.set(key, recorded.after);
    return recorded;
  };
};

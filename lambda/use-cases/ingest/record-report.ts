import type { Connection } from "../../domain/connection/connection.ts";
import {
  type ConnectionReport,
  isGettingThrough,
} from "../../domain/connection/connection-report.ts";
import { joinReport } from "../../domain/connection/join-report.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { ReadConnection, WriteConnection } from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import { connectionEvaluationsOf, type RecordedReport } from "./connection-evaluations.ts";

/** Notes what a request tells of a connection, and has news evaluated. Undefined: it may not make this connection known. */
export type RecordReport = (observation: ConnectionReport) => Promise<RecordedReport | undefined>;

const maxConflicts = 20;
/** How many connections an execution environment remembers at most. */
export const maxRemembered = 1000;

/**
 * Builds the keeper of connections. What this execution environment wrote or read last is remembered, so that a bridge that
 * sends a lot costs a read and a write every ten seconds. Throws when the store or the queue fails: then it may be repeated,
 * and what was not evaluated is found by the evaluator's schedule.
 */
export const createRecordReport = (dependencies: {
  readConnection: ReadConnection;
  writeConnection: WriteConnection;
  requestEvaluation: RequestEvaluation;
  rules: AlertRules;
}): RecordReport => {
  const { readConnection, writeConnection, requestEvaluation, rules } = dependencies;
  const memory = new Map<string, Connection>();

  const write = async (observation: ConnectionReport): Promise<RecordedReport | undefined> => {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
      const before = await readConnection(observation);
      if (before === undefined && !isGettingThrough(observation.health)) return undefined;
      const after = joinReport(before, observation, rules);
      if (after === before || (await writeConnection(after)) === "written") {
        return { before, after };
      }
    }
    throw new Error(`a connection was written by others ${maxConflicts} times in a row`);
  };

  return async (observation) => {
    const key = JSON.stringify([observation.server, observation.application]);
    const known = memory.get(key);
    if (known !== undefined && joinReport(known, observation, rules) === known) {
      return { before: known, after: known };
    }
    memory.delete(key);
    const noted = await write(observation);
    if (noted === undefined) return undefined;
    const requests = connectionEvaluationsOf(noted, observation, rules);
    if (requests.length > 0) await requestEvaluation(requests);
    // Not before all has been done; and a bridge that invents server names must not fill the memory.
    if (memory.size >= maxRemembered) memory.clear();
    memory.set(key, noted.after);
    return noted;
  };
};

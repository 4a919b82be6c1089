import type { RequestEvaluation } from "../alerting/alert-ports.ts";
import type { AlertRules } from "../alerting/rules.ts";
import type { Connection } from "./connection.ts";
import type { ReadConnection, WriteConnection } from "./connection-ports.ts";
import { evaluationsOf, type Noted } from "./evaluations.ts";
import { isGettingThrough, type Observation } from "./observation.ts";
import { observe } from "./observe.ts";

/** Notes what a request tells of a connection, and has news evaluated. Undefined: it may not make this connection known. */
export type NoteObservation = (observation: Observation) => Promise<Noted | undefined>;

const maxConflicts = 20;
/** How many connections an execution environment remembers at most. */
export const maxRemembered = 1000;

/**
 * Builds the keeper of connections. What this execution environment wrote or read last is remembered, so that a bridge that
 * sends a lot costs a read and a write every ten seconds. Throws when the store or the queue fails: then it may be repeated,
 * and what was not evaluated is found by the evaluator's schedule.
 */
export const createNoteObservation = (dependencies: {
  readConnection: ReadConnection;
  writeConnection: WriteConnection;
  requestEvaluation: RequestEvaluation;
  rules: AlertRules;
}): NoteObservation => {
  const { readConnection, writeConnection, requestEvaluation, rules } = dependencies;
  const memory = new Map<string, Connection>();

  const write = async (observation: Observation): Promise<Noted | undefined> => {
    for (let conflicts = 0; conflicts < maxConflicts; conflicts += 1) {
      const before = await readConnection(observation);
      if (before === undefined && !isGettingThrough(observation.health)) return undefined;
      const after = observe(before, observation, rules);
      if (after === before || (await writeConnection(after)) === "written") {
        return { before, after };
      }
    }
    throw new Error(`a connection was written by others ${maxConflicts} times in a row`);
  };

  return async (observation) => {
    const key = JSON.stringify([observation.server, observation.application]);
    const known = memory.get(key);
    if (known !== undefined && observe(known, observation, rules) === known) {
      return { before: known, after: known };
    }
    memory.delete(key);
    const noted = await write(observation);
    if (noted === undefined) return undefined;
    const requests = evaluationsOf(noted, observation, rules);
    if (requests.length > 0) await requestEvaluation(requests);
    // Not before all has been done; and a bridge that invents server names must not fill the memory.
    if (memory.size >= maxRemembered) memory.clear();
    memory.set(key, noted.after);
    return noted;
  };
};

import { inParallel } from "../in-parallel.ts";
import { type Noted, newestOf } from "../watching/evaluations.ts";
import type { NoteObservation } from "../watching/note-observation.ts";
import type { NoteTrouble } from "../watching/note-trouble.ts";
import type { Observation } from "../watching/observation.ts";
import { healthOf, observeRequest, type ReadRequest } from "./observe-request.ts";
import type { Result } from "./result.ts";

type Outcome = Result["outcome"];

/**
 * Notes what a request tells of the bridge's connections, and gives the outcomes of its events about connections by their
 * ids. Throws when the store or the queue cannot take it now.
 */
export type NoteConnections = (request: ReadRequest) => Promise<ReadonlyMap<string, Outcome>>;

const width = 50;

const outcomesOf = (
  { events }: Observation,
  noted: Noted | undefined,
): [id: string, outcome: Outcome][] =>
  events.map((event) => {
    if (newestOf(noted?.after, event) !== event.time) return [event.id, "outdated"];
    const isKnown = newestOf(noted?.before, event) === event.time;
    return [event.id, isKnown ? "duplicate" : "applied"];
  });

/** Builds it: each connection by itself. A request of rejected events alone tells of trouble, which never delays its answer. */
export const createNoteConnections = (dependencies: {
  noteObservation: NoteObservation;
  noteTrouble: NoteTrouble;
}): NoteConnections => {
  const { noteObservation, noteTrouble } = dependencies;
  return async (request) => {
    const observations = observeRequest(request);
    const health = healthOf(request.reads);
    if (health.kind === "rejected") {
      await noteTrouble(request.key, health, observations);
      return new Map();
    }
    const outcomes = await inParallel(width, observations, async (observation) =>
      outcomesOf(observation, await noteObservation(observation)),
    );
    return new Map(outcomes.flat());
  };
};

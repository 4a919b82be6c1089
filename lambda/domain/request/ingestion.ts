import type { RequestEvaluation } from "../alerting/alert-ports.ts";
import type { AlertRules } from "../alerting/rules.ts";
import type { Hash } from "../event/event-id.ts";
import type { KeepRejected, Log, ReadStatuses } from "../ports.ts";
import type { RecordEvents } from "../status/record-events.ts";
import type {
  ReadAllConnections,
  ReadConnection,
  WriteConnection,
} from "../watching/connection-ports.ts";
import { createFindRefusals } from "../watching/find-refusals.ts";
import { createNoteObservation } from "../watching/note-observation.ts";
import { createNoteTrouble, type NoteTrouble } from "../watching/note-trouble.ts";
import { createIngest, type Ingest } from "./ingest.ts";
import { createNoteConnections } from "./note-connections.ts";
import { createRecordReads } from "./record-reads.ts";

/** What taking requests needs of the outside; `now` in microseconds. */
export type IngestionDependencies = {
  readStatuses: ReadStatuses;
  recordEvents: RecordEvents;
  keepRejected: KeepRejected;
  readConnection: ReadConnection;
  readAllConnections: ReadAllConnections;
  writeConnection: WriteConnection;
  requestEvaluation: RequestEvaluation;
  rules: AlertRules;
  log: Log;
  hash: Hash;
  now: () => number;
};

/** Joins the parts that take requests: the main job, and the note that a bridge does not even get to it. They share a memory. */
export const createIngestion = (
  dependencies: IngestionDependencies,
): { ingest: Ingest; noteTrouble: NoteTrouble } => {
  const noteObservation = createNoteObservation(dependencies);
  const noteTrouble = createNoteTrouble({ ...dependencies, noteObservation });
  const recordReads = createRecordReads({
    ...dependencies,
    findRefusals: createFindRefusals(dependencies),
  });
  const noteConnections = createNoteConnections({ noteObservation, noteTrouble });
  return {
    ingest: createIngest({ ...dependencies, recordReads, noteConnections, noteTrouble }),
    noteTrouble,
  };
};

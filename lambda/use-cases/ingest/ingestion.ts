import type { Hash } from "../../domain/event/event-id.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type {
  ReadAllConnections,
  ReadConnection,
  WriteConnection,
} from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { KeepRejected } from "../../ports/rejected-events.ts";
import type { ReadStatuses } from "../../ports/statuses.ts";
import type { Log } from "../../ports/telemetry.ts";
import type { RecordEvents } from "../record-events.ts";
import { createFindRefusals } from "./find-refusals.ts";
import { createIngest, type Ingest } from "./ingest.ts";
import { createRecordConnections } from "./record-connections.ts";
import { createRecordReads } from "./record-reads.ts";
import { createRecordReport } from "./record-report.ts";
import { createReportTrouble, type ReportTrouble } from "./report-trouble.ts";

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
): { ingest: Ingest; noteTrouble: ReportTrouble } => {
  const noteObservation = createRecordReport(dependencies);
  const noteTrouble = createReportTrouble({ ...dependencies, noteObservation });
  const recordReads = createRecordReads({
    ...dependencies,
    findRefusals: createFindRefusals(dependencies),
  });
  const noteConnections = createRecordConnections({ noteObservation, noteTrouble });
  return {
    ingest: createIngest({ ...dependencies, recordReads, noteConnections, noteTrouble }),
    noteTrouble,
  };
};

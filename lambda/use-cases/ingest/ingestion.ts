import { createRecordEvents } from "../record-events.ts";
import { createAdmitServers } from "./admit-servers.ts";
import { createClaimServers } from "./claim-servers.ts";
import { createFindRefusals } from "./find-refusals.ts";
import { createIngest, type Ingest } from "./ingest.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import { createMeasureServers } from "./measure-servers.ts";
import { createRecentRequests, type RecentRequests } from "./recent-requests.ts";
import { createRecordConnections } from "./record-connections.ts";
import { createRecordReads } from "./record-reads.ts";
import { createRecordReport } from "./record-report.ts";
import { createReportStale, type ReportStale } from "./report-stale.ts";
import { createReportTrouble } from "./report-trouble.ts";

/**
 * Joins the parts that handle requests: the main job, the record that a bridge does not even get to it, and the note of
 * a verified request. They share a memory.
 */
export const createIngestion = (
  ports: IngestPorts,
): { ingest: Ingest; reportStale: ReportStale; noteRequest: RecentRequests["note"] } => {
  const recent = createRecentRequests(ports);
  const recordReport = createRecordReport(ports, recent);
  const reportTrouble = createReportTrouble(ports, recordReport);
  const recordReads = createRecordReads({
    recordEvents: createRecordEvents(ports),
    findRefusals: createFindRefusals(ports),
  });
  const recordConnections = createRecordConnections({ recordReport, reportTrouble });
  const admitServers = createAdmitServers(createClaimServers(ports));
  const measureServers = createMeasureServers(ports);
  const parts = { admitServers, recordReads, recordConnections, measureServers, reportTrouble };
  const reportStale = createReportStale(ports, { recordReport, recent });
  return { ingest: createIngest(ports, parts), reportStale, noteRequest: recent.note };
};

import { createRecordEvents } from "../record-events.ts";
import { createAdmitServers } from "./admit-servers.ts";
import { createClaimServers } from "./claim-servers.ts";
import { createFindRefusals } from "./find-refusals.ts";
import { createIngest, type Ingest } from "./ingest.ts";
import type { IngestPorts } from "./ingest-ports.ts";
import { createMeasureServers } from "./measure-servers.ts";
import { createRecordConnections } from "./record-connections.ts";
import { createRecordReads } from "./record-reads.ts";
import { createRecordReport } from "./record-report.ts";
import { createReportTrouble, type ReportTrouble } from "./report-trouble.ts";

/**
 * Joins the parts that handle requests: the main job, and the record that a bridge does not even get to it. They share
 * a memory.
 */
export const createIngestion = (
  ports: IngestPorts,
): { ingest: Ingest; reportTrouble: ReportTrouble } => {
  const recordReport = createRecordReport(ports);
  const reportTrouble = createReportTrouble(ports, recordReport);
  const recordReads = createRecordReads({
    recordEvents: createRecordEvents(ports),
    findRefusals: createFindRefusals(ports),
  });
  const recordConnections = createRecordConnections({ recordReport, reportTrouble });
  const admitServers = createAdmitServers(createClaimServers(ports));
  const measureServers = createMeasureServers(ports);
  const parts = { admitServers, recordReads, recordConnections, measureServers, reportTrouble };
  return { ingest: createIngest(ports, parts), reportTrouble };
};

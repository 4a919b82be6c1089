import { inParallel } from "../../async/in-parallel.ts";
import type { ConnectionReport } from "../../domain/connection/connection-report.ts";
import { isServerRefusal } from "../../domain/event/server-refusal.ts";
import { newestOf, type RecordedReport } from "./connection-evaluations.ts";
import { connectionReportsOf, healthOf, type ReadRequest } from "./connection-reports.ts";
import type { RecordReport } from "./record-report.ts";
import type { ReportTrouble } from "./report-trouble.ts";
import type { EventResult } from "./result.ts";

type Outcome = EventResult["outcome"];

/**
 * By the ids of a request's events: the outcomes of those about connections, and by how much (microseconds) a
 * T-Server's clock went back at one of them.
 */
export type Noted = { outcomes: ReadonlyMap<string, Outcome>; steps: ReadonlyMap<string, number> };

/**
 * Records what a request says about the bridge's connections, and returns what that means for its events. Throws when
 * the store or the queue cannot accept it now.
 */
export type RecordConnections = (request: ReadRequest) => Promise<Noted>;

const width = 50;

const outcomesOf = (
  { events }: ConnectionReport,
  noted: RecordedReport | undefined,
): [id: string, outcome: Outcome][] =>
  events.map((event) => {
    if (newestOf(noted?.after, event) !== event.time) return [event.id, "outdated"];
    const isKnown = newestOf(noted?.before, event) === event.time;
    return [event.id, isKnown ? "duplicate" : "applied"];
  });

/**
 * Builds it: each connection separately. A request of rejected events alone reports trouble, which never delays its
 * answer.
 */
export const createRecordConnections = (dependencies: {
  recordReport: RecordReport;
  reportTrouble: ReportTrouble;
}): RecordConnections => {
  const { recordReport, reportTrouble } = dependencies;
  return async (request) => {
    const reports = connectionReportsOf(request);
    const health = healthOf(request.reads);
    if (health.kind === "rejected") {
      // Events of a server that the key may not name say nothing about the connections that it has.
      const isForeign = reports.length === 0 && isServerRefusal(health.detail);
      if (!isForeign) await reportTrouble(request.key, health, reports);
      return { outcomes: new Map(), steps: new Map() };
    }
    const noted = await inParallel(width, reports, async (report) => {
      const recorded = await recordReport(report);
      return { outcomes: outcomesOf(report, recorded), steps: recorded?.progress.steps };
    });
    return {
      outcomes: new Map(noted.flatMap(({ outcomes }) => outcomes)),
      steps: new Map(
        noted
          .flatMap(({ steps }) => steps?.map(({ id, by }) => [id, by] as const))
          .filter((step) => step !== undefined),
      ),
    };
  };
};

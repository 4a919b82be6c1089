import { vi } from "vitest";
import { hashText } from "../../lambda/adapters/hash-text.ts";
import { createRecentRequests } from "../../lambda/use-cases/ingest/recent-requests.ts";
import { createRecordReport } from "../../lambda/use-cases/ingest/record-report.ts";
import { baseTime } from "./build-event.ts";
import { buildReport } from "./build-report.ts";
import { createInMemoryAlerting } from "./in-memory-alerting.ts";
import { defaultRules } from "./ingest-harness.ts";

/** `baseTime` in unix seconds, as in `webhook-timestamp`. */
export const baseSeconds = Math.floor(baseTime / 1_000_000);

/**
 * What records the trouble of bridges, over bridge-a with connections to SIPTS750 and AVAYATS1, and bridge-b to
 * SIPTS750. The request that made each was verified at `baseTime`, with the id `first-` and the server's name.
 */
export const createTroubleHarness = async (
  changes: Partial<ReturnType<typeof createInMemoryAlerting>> = {},
  rules = defaultRules,
) => {
  const alerting = { ...createInMemoryAlerting(), ...changes };
  let now = baseTime;
  const log = vi.fn();
  const recent = createRecentRequests({ hash: hashText });
  const recordReport = createRecordReport({ ...alerting, rules }, recent);
  const readAllConnections = vi.fn(alerting.readAllConnections);
  const ports = { ...alerting, readAllConnections, rules, log, now: () => now };
  for (const place of [{}, { server: "AVAYATS1" }, { application: "bridge-b" }]) {
    const report = buildReport(place);
    recent.note(report.application, { id: `first-${report.server}`, timestamp: baseSeconds });
    await recordReport(report);
  }
  return {
    ports,
    recordReport,
    recent,
    alerting,
    readAllConnections,
    log,
    blind: () => [...alerting.connections.values()].filter((connection) => connection.blind),
    wait: (seconds: number) => {
      now += seconds * 1_000_000;
    },
  };
};

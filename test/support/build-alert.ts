import { type Alert, type AlertMember, subjects } from "../../lambda/domain/alerting/alert.ts";
import type { PublishableAlert } from "../../lambda/domain/message/alert-message.ts";
import { baseTime } from "./build-event.ts";

/** DN 7001, lost on SIPTS750 by bridge-a because its configuration is missing, with what the test changes. */
export const buildMember = (changes: Partial<AlertMember> = {}): AlertMember => ({
  thisDN: "7001",
  applications: ["bridge-a"],
  statusSince: "2026-11-20T02:58:00.123456Z",
  reason: {
    category: "configuration",
    evidence: "no ReferenceID; ErrorCode 59: DN is not configured in CME",
    errorCode: 59,
    errorSymbol: "TERR_NOT_CONFIGURED",
  },
  ...changes,
});

/** An alert about DN 7001 on SIPTS750 that was just opened and must be published, with what the test changes. */
export const buildAlert = (changes: Partial<PublishableAlert> = {}): PublishableAlert => ({
  subject: subjects.dn("SIPTS750", "7001"),
  number: 1,
  revision: 1,
  alertId: "alert-hB3J_mPbphBR2yssjfxIgS",
  kind: "dn",
  server: "SIPTS750",
  thisDN: "7001",
  status: "open",
  severity: "critical",
  text: {
    headline: [
      { names: ["bridge-a"], count: 1 },
      " lost DN ",
      { names: ["7001"], count: 1 },
      " at ",
      { at: baseTime },
      { why: "DN is not configured in CME (59)" },
    ],
    advice: "Its calls are not reported. Ask who changed it.",
  },
  openedAt: baseTime + 30_000_000,
  count: 1,
  dns: [buildMember()],
  causes: [{ cause: "DN is not configured in CME (59)", count: 1 }],
  firstLostAt: baseTime,
  lastLostAt: baseTime,
  toldSeverities: ["critical"],
  customers: [],
  relapses: 0,
  flapping: false,
  dueAt: baseTime + 330_000_000,
  notice: "alert.opened",
  timeline: [{ at: baseTime + 30_000_000, what: "opened" }],
  ...changes,
});

/** The same alert, resolved because the DN was registered again. */
export const buildResolvedAlert = (changes: Partial<PublishableAlert> = {}): PublishableAlert => {
  const { dueAt: _, ...open } = buildAlert();
  const resolvedAt = baseTime + 600_000_000;
  return {
    ...open,
    revision: 4,
    status: "resolved",
    text: {
      headline: ["DN 7001 seen again by bridge-a since ", { at: baseTime + 240_000_000 }],
    },
    resolvedAt,
    resolution: "registered",
    notice: "alert.resolved",
    timeline: [...open.timeline, { at: resolvedAt, what: "resolved" }],
    ...changes,
  };
};

/** An incident: DNs of SIPTS750 that were lost together, with what the test changes. */
export const buildIncident = (
  dns: readonly AlertMember[],
  changes: Partial<Alert> = {},
): PublishableAlert => {
  const { thisDN: _, ...rest } = buildAlert();
  return {
    ...rest,
    subject: subjects.incident("SIPTS750"),
    text: { headline: [`bridge-a lost ${dns.length} DNs at `, { at: baseTime }] },
    count: dns.length,
    dns: [...dns],
    ...changes,
    notice: changes.notice ?? "alert.opened",
  };
};

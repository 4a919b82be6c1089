import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import { baseTime } from "./build-event.ts";

/** A loss of DN 7001 on SIPTS750 by bridge-a that was over within its hold-down, with what the test changes. */
export const buildLoss = (changes: Partial<Loss> = {}): Loss => ({
  thisDN: "7001",
  server: "SIPTS750",
  lossId: "alert-hB3J_mPbphBR2yssjfxIgS",
  revision: 1,
  state: "passed",
  lostAt: baseTime,
  learntAt: baseTime + 1_000_000,
  decidedAt: baseTime + 31_000_000,
  applications: ["bridge-a"],
  severity: "critical",
  reason: { category: "none-given", evidence: "no ReferenceID, no ErrorCode" },
  trail: [{ at: baseTime + 31_000_000, words: "registered again within the hold-down of 30 s" }],
  ...changes,
});

/** A loss that is missing from an alert, with what the test changes. */
export const buildMissing = (alertId: string, changes: Partial<Loss> = {}): Loss =>
  buildLoss({ state: "alerted", alert: { subject: "a subject", number: 1, alertId }, ...changes });

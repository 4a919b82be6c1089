import type { LossIn, LossRecord } from "../../lambda/domain/alerting/loss.ts";
import { baseTime } from "./build-event.ts";

/** What is recorded of a loss of DN 7001 on SIPTS750 by bridge-a in any state, with what the test changes. */
export const buildRecord = (changes: Partial<LossRecord> = {}): LossRecord => ({
  thisDN: "7001",
  server: "SIPTS750",
  lossId: "alert-hB3J_mPbphBR2yssjfxIgS",
  revision: 1,
  lostAt: baseTime,
  learntAt: baseTime + 1_000_000,
  decidedAt: baseTime + 31_000_000,
  applications: ["bridge-a"],
  severity: "critical",
  reason: { category: "none-given", evidence: "no ReferenceID, no ErrorCode" },
  trail: [{ at: baseTime + 31_000_000, words: "registered again within the hold-down of 30 s" }],
  ...changes,
});

type Over = Pick<LossIn<"over">, "endedAt" | "endedBy">;
type OverAs<As extends LossIn<"over">["as"]> = Extract<LossIn<"over">, { as: As }>;

const over = { state: "over", endedAt: baseTime + 31_000_000, endedBy: "registered" } as const;
const referenceTo = (alertId: string) => ({ subject: "a subject", number: 1, alertId });

/** Such a loss that was over within its hold-down. */
export const buildLoss = (changes: Partial<LossRecord & Over> = {}): OverAs<"brief"> => ({
  ...over,
  ...buildRecord(),
  ...changes,
  as: "brief",
});

/** Such a loss that waits for its hold-down. */
export const buildWaiting = (changes: Partial<LossRecord> = {}): LossIn<"waiting"> => ({
  ...buildRecord(changes),
  state: "waiting",
});

/** Such a loss that is held. */
export const buildHeld = (heldBy: string, changes: Partial<LossRecord> = {}): LossIn<"held"> => ({
  ...buildRecord(changes),
  state: "held",
  heldBy,
});

/** Such a loss that was over while it was held. */
export const buildHeldToTheEnd = (
  heldBy: string,
  changes: Partial<LossRecord & Over> = {},
): OverAs<"held"> => ({ ...over, ...buildRecord(), ...changes, as: "held", heldBy });

type Claimed = LossIn<"claimed">;

/** Such a loss that is missing from an alert, as a table returns it. */
export const buildMissing = (alertId: string, changes: Partial<Claimed> = {}): Claimed => ({
  ...buildRecord(),
  state: "claimed",
  alert: referenceTo(alertId),
  ...changes,
});

/** Such a loss that was a member of an alert and is over. */
export const buildFormerMember = (
  alertId: string,
  changes: Partial<OverAs<"member">> = {},
): OverAs<"member"> => ({
  ...over,
  ...buildRecord(),
  as: "member",
  alert: referenceTo(alertId),
  ...changes,
});

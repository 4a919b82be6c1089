import { holdDownOf, micros } from "../rules.ts";
import { boundApplications, countApplications } from "./bound-loss.ts";
import type { LossIn, LossRecord } from "./loss.ts";
import {
  type Circumstances,
  type LossDecision,
  nothing,
  toleratedMicros,
} from "./loss-decision.ts";
import type { LossFacts } from "./loss-facts.ts";
import { describeFacts, type PresentLoss, toRecord } from "./present-loss.ts";

/** A snapshot of a missing member of an open alert. */
export type PresentMember = PresentLoss & { loss: LossIn<"alerted"> };

const isWorse = (loss: LossRecord, facts: LossFacts): boolean =>
  (facts.severity === "critical" && loss.severity === "warning") ||
  countApplications(facts) > countApplications(loss);

// What an alert says about a loss.
const contentOf = (loss: Omit<LossFacts, "cause" | "lostAt" | "customerID">): string =>
  JSON.stringify([boundApplications(loss), loss.severity, loss.reason.evidence]);

/**
 * Decides on a member of an open alert: whether the alert must now say something else about it. A worse loss is held
 * down and explained like a new loss.
 */
export const decideChange = (
  member: PresentMember,
  { rules, findInhibitor, now }: Circumstances,
): LossDecision => {
  const { key, loss, facts, status } = member;
  if (contentOf(loss) === contentOf(facts)) return nothing;
  if (isWorse(loss, facts)) {
    // Another application's loss is held down and explained like any other.
    const rest = status.changedAt + micros(holdDownOf(rules, key)) - now;
    if (rest > toleratedMicros) return { kind: "wait", seconds: rest / 1_000_000, loss: undefined };
    if (findInhibitor({ ...key, applications: facts.applications }) !== undefined) return nothing;
  }
  const record = toRecord(member, { words: `now ${describeFacts(facts)}`, now });
  return { kind: "changed", loss: { ...record, state: "alerted", alert: loss.alert } };
};

import { type AlertRules, holdDownOf, micros, type RuleContext } from "../rules.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import {
  addToTrail,
  type LossIn,
  type LossKey,
  type LossRecord,
  recordOf,
  trailOf,
} from "./loss.ts";
import { endOf, pastLossFacts } from "./loss-facts.ts";
import type { LossSnapshot } from "./loss-snapshot.ts";

const endsInWords = {
  registered: "registered again",
  requested: "given up on request",
  retired: "retired",
} as const;

const describeBriefness = (
  loss: LossRecord,
  status: RegistrationStatus,
  rules: AlertRules,
): string => {
  const holdDown = holdDownOf(rules, loss);
  const seconds = Math.round((status.statusSince - loss.lostAt) / 1_000_000);
  return status.statusSince - loss.lostAt <= micros(holdDown)
    ? `within its hold-down of ${holdDown} s (after ${seconds} s): no alert was raised`
    : "before it was decided: no alert was raised";
};

const firstSight = (key: LossKey, status: RegistrationStatus): LossRecord => {
  const { missedAt: _, ...facts } = pastLossFacts(status, key.lossId);
  return {
    ...key,
    ...facts,
    revision: 0,
    // It was never stored when we learnt of it: that was not later than its end.
    learntAt: status.changedAt,
    decidedAt: status.changedAt,
    trail: [{ at: status.changedAt, words: `lost unexpectedly: ${facts.reason.evidence}` }],
  };
};

/** Decides on a loss that is over, based on the status after it; undefined where the end is already recorded. */
export const decideEnd = (
  { key, loss, status }: LossSnapshot & { status: RegistrationStatus },
  { rules, now }: RuleContext,
): LossIn<"over"> | undefined => {
  const record =
    loss === undefined ? firstSight(key, status) : { ...recordOf(loss), trail: trailOf(loss) };
  const endedBy = endOf(status, record.applications);
  const how = endsInWords[endedBy];
  const over = (words: string) => ({
    ...record,
    state: "over" as const,
    revision: record.revision + 1,
    decidedAt: now,
    endedAt: now,
    endedBy,
    trail: addToTrail(record.trail, now, words),
  });
  switch (loss?.state) {
    case "over":
      return undefined;
    case "held":
      return { ...over(how), as: "held", heldBy: loss.heldBy };
    case "alerted":
      return { ...over(how), as: "member", alert: loss.alert, decidedAt: loss.decidedAt };
    case "waiting":
    // Claimed for an alert that was then never written: no alert was published about it.
    case "claimed":
    case undefined:
      return { ...over(`${how} ${describeBriefness(record, status, rules)}`), as: "brief" };
  }
};

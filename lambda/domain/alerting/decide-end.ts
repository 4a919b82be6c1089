import { type AlertRules, holdDownOf, micros } from "../rules.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import { addToTrail } from "./add-to-trail.ts";
import type { Loss } from "./loss.ts";
import { endOf, type LossFacts, pastLossFacts } from "./loss-facts.ts";
import { isPart, type LossSnapshot } from "./loss-snapshot.ts";

/** A loss that is over, as it must be written: `passed` and `ended` nobody was alerted of, `alerted` somebody was. */
export type EndedLoss = Loss & { state: "passed" | "ended" | "alerted" };

const endsInWords = {
  registered: "registered again",
  requested: "given up by request",
  retired: "retired",
} as const;

const describePass = (
  loss: Loss,
  status: RegistrationStatus,
  rules: Pick<AlertRules, "holdDownSeconds" | "holdDowns">,
): string => {
  const holdDown = holdDownOf(rules, loss);
  const seconds = Math.round((status.statusSince - loss.lostAt) / 1_000_000);
  return status.statusSince - loss.lostAt <= micros(holdDown)
    ? `within its hold-down of ${holdDown} s (after ${seconds} s): nobody was alerted`
    : "before it was decided: nobody was alerted";
};

const end = (loss: Loss, state: EndedLoss["state"], step: { words: string; now: number }) => {
  const { words, now } = step;
  const trail = addToTrail(loss.trail, now, words);
  return { ...loss, state, revision: loss.revision + 1, endedAt: now, trail };
};

const firstSight = ({ key }: LossSnapshot, status: RegistrationStatus, facts: LossFacts): Loss => ({
  ...key,
  ...facts,
  state: "passed",
  revision: 0,
  // Nobody wrote down when it was learnt of: it was not later than its end.
  learntAt: status.changedAt,
  decidedAt: status.changedAt,
  trail: [{ at: status.changedAt, words: `lost unexpectedly: ${facts.reason.evidence}` }],
});

const hasEnded = ({ state, endedAt }: Loss): boolean =>
  state === "passed" || state === "ended" || endedAt !== undefined;

const stateAfter = (look: LossSnapshot): EndedLoss["state"] => {
  const { loss } = look;
  if (loss === undefined || loss.heldBy === "hold-down") return "passed";
  if (loss.state === "held") return "ended";
  // Marked as part of an alert that was then never written: nobody was told.
  return isPart(look) ? "alerted" : "passed";
};

/** Decides on a loss that is over, going by the status after it; undefined where that is written down already. */
export const decideEnd = (
  look: LossSnapshot & { status: RegistrationStatus },
  rules: Pick<AlertRules, "holdDownSeconds" | "holdDowns">,
  now: number,
): EndedLoss | undefined => {
  const { key, status } = look;
  if (look.loss !== undefined && hasEnded(look.loss)) return undefined;
  const loss = look.loss ?? firstSight(look, status, pastLossFacts(status, key.lossId));
  const state = stateAfter(look);
  const endedBy = endOf(status, loss.applications);
  const how = endsInWords[endedBy];
  const words = state === "passed" ? `${how} ${describePass(loss, status, rules)}` : how;
  const { alert, ...rest } = end(loss, state, { words, now });
  const isMember = state === "alerted";
  return {
    ...rest,
    state,
    endedBy,
    ...(isMember ? { alert } : {}),
    decidedAt: isMember ? loss.decidedAt : now,
  };
};

import { boundLoss } from "../../domain/alerting/bound-loss.ts";
import { alertOf, type Loss, type LossIn, withoutClaim } from "../../domain/alerting/loss.ts";
import { lossFactsOf, presentLossOf } from "../../domain/alerting/loss-facts.ts";
import { holdDownOf, micros, type RuleContext } from "../../domain/rules.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";
import { formatTime, formatTimeIfAny } from "../../domain/time.ts";

/** A present loss that is not stored: its hold-down is not over. */
export type UndecidedLoss = Omit<LossIn<"waiting">, "revision" | "decidedAt">;

/** A loss about which something was decided, or nothing yet. */
export type DecidedOrWaiting = Loss | UndecidedLoss;

/** The present loss of a status, and until when it is held down; undefined where no application is missing. */
export const toUndecided = (
  status: RegistrationStatus,
  context: RuleContext,
): UndecidedLoss | undefined => {
  const key = presentLossOf(status);
  const facts = lossFactsOf({ status, loss: undefined, losses: undefined, ...context });
  if (key === undefined || facts === undefined) return undefined;
  const learntAt = status.changedAt;
  const holdDown = holdDownOf(context.rules, key);
  const end = formatTime(learntAt + micros(holdDown));
  const words = `its hold-down of ${holdDown} s lasts until ${end}`;
  return { ...key, ...facts, state: "waiting", learntAt, trail: [{ at: learntAt, words }] };
};

const overStates = { brief: "passed", held: "ended", member: "alerted" } as const;

// The contract's name of the outcome, and its details.
type Outcome = {
  state: "waiting" | "held" | "alerted" | (typeof overStates)[keyof typeof overStates];
  decidedAt?: number;
  heldBy?: string;
  endedAt?: number;
  endedBy?: LossIn<"over">["endedBy"];
};

const outcomeOf = (loss: Exclude<DecidedOrWaiting, LossIn<"claimed">>): Outcome => {
  switch (loss.state) {
    case "waiting":
      return { state: "waiting" };
    case "held":
      return { state: "held", decidedAt: loss.decidedAt, heldBy: loss.heldBy };
    case "alerted":
      return { state: "alerted", decidedAt: loss.decidedAt };
    case "over": {
      const { as, decidedAt, endedAt, endedBy } = loss;
      const held = as === "held" ? { heldBy: loss.heldBy } : {};
      return { state: overStates[as], decidedAt, endedAt, endedBy, ...held };
    }
  }
};

/**
 * Shows what was decided about a loss, and why, as text; JSON leaves out what it does not have. A claim waits: it is
 * shown as alerted once it is confirmed that its alert is written.
 */
export const toDecisionView = (decision: DecidedOrWaiting) => {
  const loss = boundLoss(decision.state === "claimed" ? withoutClaim(decision) : decision);
  const { state, decidedAt, heldBy, endedAt, endedBy } = outcomeOf(loss);
  return {
    thisDN: loss.thisDN,
    server: loss.server,
    lossId: loss.lossId,
    state,
    lostAt: formatTime(loss.lostAt),
    learntAt: formatTime(loss.learntAt),
    decidedAt: formatTimeIfAny(decidedAt),
    applications: loss.applications,
    applicationsCount: loss.applicationsCount,
    severity: loss.severity,
    reason: loss.reason,
    alertId: loss.state === "waiting" ? undefined : alertOf(loss)?.alertId,
    heldBy,
    endedAt: formatTimeIfAny(endedAt),
    endedBy,
    why: loss.trail.map(({ at, words }) => ({ at: formatTime(at), words })),
  };
};

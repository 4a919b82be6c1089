import { createEvaluateConnection } from "./evaluate-connection.ts";
import { createEvaluateLosses } from "./evaluate-losses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createFindUndecided } from "./find-undecided.ts";
import { createReconcileCondition } from "./reconcile-condition.ts";
import { createReleaseHeld } from "./release-held.ts";
import { createScheduledRun } from "./scheduled-run.ts";
import { createSettleAlert } from "./settle-alert.ts";
import { withStandingConnections } from "./standing-connections.ts";
import { createSweep } from "./sweep.ts";

/** Joins the parts of the evaluator: one for each kind of message in its queue, and the scheduled run. */
export const createEvaluation = (ports: EvaluatePorts) => {
  const standing = withStandingConnections(ports);
  const evaluateLosses = createEvaluateLosses(standing);
  const settleAlert = createSettleAlert(standing);
  const releaseHeld = createReleaseHeld(ports, evaluateLosses);
  const reconcileCondition = createReconcileCondition(ports);
  const evaluateConnection = createEvaluateConnection(ports, { reconcileCondition, releaseHeld });
  const findUndecided = createFindUndecided(ports, evaluateLosses);
  const work = { evaluateConnection, settleAlert, releaseHeld, findUndecided, reconcileCondition };
  return {
    evaluateLosses,
    settleAlert,
    releaseHeld,
    evaluateConnection,
    sweep: createSweep(ports),
    runSchedule: createScheduledRun(ports, work),
  };
};

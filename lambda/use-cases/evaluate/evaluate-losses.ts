import { inParallel, storeWidth } from "../../async/in-parallel.ts";
import { retryOnConflict } from "../../async/retry-on-conflict.ts";
import { decideLoss } from "../../domain/alerting/decide-loss.ts";
import type { NamedLosses } from "../../domain/alerting/evaluation-message.ts";
import {
  findInhibitor,
  type InhibitedFacts,
  type Inhibitors,
} from "../../domain/alerting/inhibitor.ts";
import type { LossKey } from "../../domain/alerting/loss.ts";
import { isServerProven } from "../../domain/connection/proof.ts";
import { createAttachBriefLoss } from "./attach-brief-loss.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createRaiseAlerts } from "./raise-alerts.ts";
import { createReadLossSnapshots } from "./read-loss-snapshots.ts";
import { scheduleRechecks } from "./schedule-rechecks.ts";
import { createSettleAffectedAlerts } from "./settle-affected-alerts.ts";
import { createSettleAlert } from "./settle-alert.ts";
import { createWriteDecisions } from "./write-decisions.ts";

/**
 * Builds the evaluation of losses of one server: the evaluator reads each loss as it is now, decides about it, and
 * writes and publishes the decision. Repetitions, messages out of order and several evaluators at once lead to the same
 * result.
 */
export const createEvaluateLosses = (ports: EvaluatePorts) => {
  const { readWindows, readConnectionsOfServer, requestEvaluation, rules, now } = ports;
  const readSnapshots = createReadLossSnapshots(ports);
  const attachBriefLoss = createAttachBriefLoss(ports);
  const writeDecisions = createWriteDecisions(ports);
  const settle = createSettleAlert(ports);
  const { raise, worsen } = createRaiseAlerts(ports, settle);
  const settleAffectedAlerts = createSettleAffectedAlerts({ settle, worsen });

  const decide = async (keys: readonly LossKey[], inhibitors: Inhibitors) => {
    const snapshots = await readSnapshots(keys);
    const circumstances = {
      rules,
      now: now(),
      findInhibitor: (facts: InhibitedFacts) => findInhibitor(inhibitors, facts, now()),
    };
    const decided = snapshots.map((snapshot) => ({
      snapshot,
      decision: decideLoss(snapshot, circumstances),
    }));
    return inParallel(storeWidth, decided, attachBriefLoss);
  };

  // Returns the losses that other evaluators wrote meanwhile: they must be evaluated once more.
  const evaluate = async (
    server: string,
    keys: readonly LossKey[],
    inhibitors: Inhibitors,
  ): Promise<LossKey[]> => {
    const decided = await decide(keys, inhibitors);
    const { written, again } = await writeDecisions(decided);
    await settleAffectedAlerts(written);
    const candidates = decided.flatMap(({ decision }) =>
      decision.kind === "alert" ? [decision.candidate] : [],
    );
    const requests = scheduleRechecks(server, decided);
    if (requests.length > 0) await requestEvaluation(requests);
    const raised = await raise({ server, candidates, windows: inhibitors.windows });
    return [...again, ...raised];
  };

  return async (server: string, losses: Readonly<NamedLosses>): Promise<void> => {
    const [windows, known] = await Promise.all([
      readWindows(now()),
      readConnectionsOfServer(server),
    ]);
    // What opens no alert of its own holds no other one back: the losses would go unnoticed.
    const connections = isServerProven(known, rules) ? known : [];
    let keys: readonly LossKey[] = losses.map(({ thisDN, lossId }) => ({ thisDN, server, lossId }));
    if (keys.length === 0) return;
    await retryOnConflict("losses", async () => {
      keys = await evaluate(server, keys, { windows, connections });
      return keys.length > 0 ? "conflict" : undefined;
    });
  };
};

/** Evaluates losses of a server (see `createEvaluateLosses`). */
export type EvaluateLosses = ReturnType<typeof createEvaluateLosses>;

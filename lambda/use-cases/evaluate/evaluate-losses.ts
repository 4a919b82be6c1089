import { inParallel } from "../../async/in-parallel.ts";
import { decideLoss } from "../../domain/alerting/decide-loss.ts";
import { findInhibitor } from "../../domain/alerting/inhibitor.ts";
import type { LossKey } from "../../domain/alerting/loss.ts";
import type { MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { scheduleRechecks } from "../../domain/alerting/schedule-rechecks.ts";
import type { Connection } from "../../domain/connection/connection.ts";
import { type AlertingDependencies, maxConflicts, width } from "./alerting-dependencies.ts";
import { createAttachBriefLoss } from "./attach-brief-loss.ts";
import { createRaiseAlerts } from "./raise-alerts.ts";
import { createReadLossSnapshots } from "./read-loss-snapshots.ts";
import { createSettleAffectedAlerts } from "./settle-affected-alerts.ts";
import { createSettleLosses } from "./settle-alert.ts";
import { createWriteDecisions } from "./write-decisions.ts";

/** Which losses of a server are to be looked at. */
export type NamedLosses = readonly Pick<LossKey, "thisDN" | "lossId">[];

// What holds losses of a server back, read once for all of them.
type Holders = {
  windows: readonly MaintenanceWindow[];
  connections: readonly Connection[];
};

/**
 * Builds the evaluation of losses of one server: each one is looked at as it is now, and what becomes of it is decided, written
 * down and told. Repetitions, messages out of order and several evaluators at once end in the same.
 */
export const createEvaluateLosses = (dependencies: Omit<AlertingDependencies, "readHeld">) => {
  const { readWindows, readConnectionsOfServer, requestEvaluation, rules, now } = dependencies;
  const look = createReadLossSnapshots(dependencies);
  const adopt = createAttachBriefLoss(dependencies);
  const write = createWriteDecisions(dependencies);
  const settle = createSettleLosses(dependencies);
  const { raise, worsen } = createRaiseAlerts({ ...dependencies, settle });
  const tell = createSettleAffectedAlerts({ settle, worsen });

  const decide = async (keys: readonly LossKey[], holders: Holders) => {
    const looks = await look(keys);
    const circumstances = {
      rules,
      now: now(),
      findInhibitor: (facts: Parameters<typeof findInhibitor>[1]) =>
        findInhibitor(holders, facts, now()),
    };
    const decided = looks.map((one) => ({ look: one, decision: decideLoss(one, circumstances) }));
    return inParallel(width, decided, adopt);
  };

  // Gives the losses that others wrote meanwhile: they are to be looked at once more.
  const evaluate = async (server: string, keys: readonly LossKey[], holders: Holders) => {
    const decided = await decide(keys, holders);
    const { written, again } = await write(decided);
    await tell(written);
    const candidates = decided.flatMap(({ decision }) =>
      decision.kind === "alert" ? [decision.candidate] : [],
    );
    const requests = scheduleRechecks(server, decided);
    if (requests.length > 0) await requestEvaluation(requests);
    const raised = await raise({ server, candidates, windows: holders.windows });
    return [...again, ...raised];
  };

  return async (server: string, losses: NamedLosses): Promise<void> => {
    const [windows, connections] = await Promise.all([
      readWindows(now()),
      readConnectionsOfServer(server),
    ]);
    let keys: readonly LossKey[] = losses.map(({ thisDN, lossId }) => ({ thisDN, server, lossId }));
    for (let attempt = 0; keys.length > 0; attempt += 1) {
      if (attempt === maxConflicts) {
        throw new Error(`losses were written by others ${maxConflicts} times in a row`);
      }
      keys = await evaluate(server, keys, { windows, connections });
    }
  };
};

/** Evaluates losses of a server (see `createEvaluateLosses`). */
export type EvaluateLosses = ReturnType<typeof createEvaluateLosses>;

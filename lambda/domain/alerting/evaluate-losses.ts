import { inParallel } from "../in-parallel.ts";
import type { Connection } from "../watching/connection.ts";
import { createAdoptPassed } from "./adopt-passed.ts";
import { type AlertingDependencies, maxConflicts, width } from "./alerting-dependencies.ts";
import { askAgain } from "./ask-again.ts";
import { decideLoss } from "./decide-loss.ts";
import { findInhibitor } from "./inhibitor.ts";
import { createLookAtLosses } from "./look-at-losses.ts";
import type { LossKey } from "./loss.ts";
import type { MaintenanceWindow } from "./maintenance-window.ts";
import { createRaiseAlerts } from "./raise-alerts.ts";
import { createSettleLosses } from "./settle-alert.ts";
import { createTellAlerts } from "./tell-alerts.ts";
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
  const look = createLookAtLosses(dependencies);
  const adopt = createAdoptPassed(dependencies);
  const write = createWriteDecisions(dependencies);
  const settle = createSettleLosses(dependencies);
  const { raise, worsen } = createRaiseAlerts({ ...dependencies, settle });
  const tell = createTellAlerts({ settle, worsen });

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
    const requests = askAgain(server, decided);
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

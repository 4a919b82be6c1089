import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import { createEvaluateLosses } from "../../../lambda/domain/alerting/evaluate-losses.ts";
import { createFindUndecided } from "../../../lambda/domain/alerting/find-undecided.ts";
import { createReconcileCondition } from "../../../lambda/domain/alerting/reconcile-condition.ts";
import { createReleaseHeld } from "../../../lambda/domain/alerting/release-held.ts";
import { type AlertRules, micros } from "../../../lambda/domain/alerting/rules.ts";
import { createSettleAlert } from "../../../lambda/domain/alerting/settle-alert.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import type { Figure } from "../../../lambda/domain/ports.ts";
import { createRecordEvents } from "../../../lambda/domain/status/record-events.ts";
import { baseTime } from "../../support/build-event.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { defaultRules } from "./default-rules.ts";

/** The evaluator over plain maps, on a clock that `pass` moves; `ongoing` says whether conditions are. */
export const createHarness = (changes: Partial<AlertRules> = {}) => {
  const store = createInMemoryStore();
  const tables = createInMemoryAlerting();
  const figures: Figure[] = [];
  const state = { now: baseTime, ongoing: true };
  const ports = {
    ...store,
    ...tables,
    rules: { ...defaultRules, ...changes },
    now: () => state.now,
    emitFigures: (more: readonly Figure[]) => {
      figures.push(...more);
    },
    hash: (text: string) => `hash of ${text}`,
    isOngoing: async () => state.ongoing,
  };
  const record = createRecordEvents(ports);
  return {
    ports,
    figures,
    state,
    evaluatorOf: (more: Partial<typeof ports> = {}) => {
      const given = { ...ports, ...more };
      const evaluateLosses = createEvaluateLosses(given);
      return {
        evaluateLosses,
        settle: createSettleAlert(given),
        reconcile: createReconcileCondition(given),
        releaseHeld: createReleaseHeld({ ...given, evaluateLosses }),
        findUndecided: createFindUndecided({ ...given, evaluateLosses }),
      };
    },
    pass: (seconds: number): void => {
      state.now += micros(seconds);
    },
    record: (...events: RegistrationEvent[]) => record(events, "key_1"),
    told: (): Alert[] => tables.alertWrites.filter(({ notice }) => notice !== undefined),
  };
};

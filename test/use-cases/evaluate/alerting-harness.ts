import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { type AlertRules, micros } from "../../../lambda/domain/rules.ts";
import type { Metric } from "../../../lambda/ports/telemetry.ts";
import { createEvaluateLosses } from "../../../lambda/use-cases/evaluate/evaluate-losses.ts";
import { createFindUndecided } from "../../../lambda/use-cases/evaluate/find-undecided.ts";
import { createReconcileCondition } from "../../../lambda/use-cases/evaluate/reconcile-condition.ts";
import { createReleaseHeld } from "../../../lambda/use-cases/evaluate/release-held.ts";
import { createSettleAlert } from "../../../lambda/use-cases/evaluate/settle-alert.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { titleOf } from "../../support/alert-texts.ts";
import { baseTime } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";

/** The evaluator over plain maps, on a clock that `pass` moves; `ongoing` says whether conditions are ongoing. */
export const createHarness = (changes: Partial<AlertRules> = {}) => {
  const store = createInMemoryStore();
  const tables = createInMemoryAlerting();
  const metrics: Metric[] = [];
  const state = { now: baseTime, ongoing: true };
  const ports = {
    ...store,
    ...tables,
    rules: { ...defaultRules, ...changes },
    now: () => state.now,
    emitMetrics: (more: readonly Metric[]) => {
      metrics.push(...more);
    },
    hash: (text: string) => `hash of ${text}`,
  };
  const isOngoing = async () => state.ongoing;
  const record = createRecordEvents(ports);
  const published = (): Alert[] => tables.alertWrites.filter(({ notice }) => notice !== undefined);
  return {
    ports,
    metrics,
    state,
    evaluatorOf: (more: Partial<typeof ports> = {}) => {
      const given = { ...ports, ...more };
      const evaluateLosses = createEvaluateLosses(given);
      return {
        evaluateLosses,
        settle: createSettleAlert(given, isOngoing),
        reconcile: createReconcileCondition(given),
        releaseHeld: createReleaseHeld(given, evaluateLosses),
        findUndecided: createFindUndecided(given, evaluateLosses),
      };
    },
    pass: (seconds: number): void => {
      state.now += micros(seconds);
    },
    record: (...events: RegistrationEvent[]) => record(events, "key_1"),
    published,
    /** The titles of what was published. */
    titles: (): string[] => published().map(titleOf),
  };
};

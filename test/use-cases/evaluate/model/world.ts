import type { Alert } from "../../../../lambda/domain/alerting/alert.ts";
import type {
  EvaluationMessage,
  EvaluationRequest,
} from "../../../../lambda/domain/alerting/evaluation-message.ts";
import type { RegistrationEvent } from "../../../../lambda/domain/event/registration-event.ts";
import { type AlertRules, micros } from "../../../../lambda/domain/rules.ts";
import type { RegistrationStatus } from "../../../../lambda/domain/status/registration-status.ts";
import { createEvaluateLosses } from "../../../../lambda/use-cases/evaluate/evaluate-losses.ts";
import { createFindUndecided } from "../../../../lambda/use-cases/evaluate/find-undecided.ts";
import { createReleaseHeld } from "../../../../lambda/use-cases/evaluate/release-held.ts";
import { createSettleAlert } from "../../../../lambda/use-cases/evaluate/settle-alert.ts";
import { lossEvaluationsOf } from "../../../../lambda/use-cases/fanout/loss-evaluations.ts";
import { createRecordEvents } from "../../../../lambda/use-cases/record-events.ts";
import { baseTime } from "../../../support/build-event.ts";
import { createInMemoryAlerting } from "../../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../../support/in-memory-store.ts";
import type { Chance } from "./chance.ts";
import { createPorts, type Faults } from "./faulty-ports.ts";

/** A process that died in the middle of its work. */
export class Crash extends Error {}

type Queued = { at: number; message: EvaluationMessage };

const visibilitySeconds = 30;
const runSeconds = 60;
const atOnce = 3;

/**
 * The evaluator with its tables and its queue, on a clock that only `pass` moves. Messages come late, twice, out of
 * order, several at once, or not at all, and processes die, as `chance` decides.
 */
export const createWorld = ({
  rules,
  chance,
  faults,
}: {
  rules: AlertRules;
  chance: Chance;
  faults: Faults;
}) => {
  const store = createInMemoryStore();
  const tables = createInMemoryAlerting();
  let clock = baseTime;
  let nextRun = baseTime + micros(runSeconds);
  let crashesLeft = faults.crashes;
  let queue: Queued[] = [];
  const published: Alert[] = [];
  const delivered = new Set<string>();
  const now = () => clock;

  const enqueue = async (requests: readonly EvaluationRequest[]): Promise<void> => {
    for (const { message, delaySeconds } of requests)
      queue.push({ at: clock + micros(Math.ceil(delaySeconds)), message });
  };

  const writeAlert = async (alert: Alert) => {
    const result = await tables.writeAlert(alert);
    if (result === "written" && alert.notice !== undefined) published.push(structuredClone(alert));
    return result;
  };

  // Each invocation is a process of its own, which may die after any of its writes.
  const createEvaluator = () => {
    const dies = crashesLeft > 0 && chance.happens(0.3) ? chance.below(6) + 1 : undefined;
    const all = {
      ...store,
      ...tables,
      writeAlert,
      requestEvaluation: enqueue,
      hash: (text: string) => text,
    };
    const ports = createPorts(
      all,
      chance,
      () => {
        crashesLeft -= 1;
        return new Crash("the process has died");
      },
      dies,
    );
    const given = { ...ports, rules, now, emitMetrics: () => undefined };
    const evaluateLosses = createEvaluateLosses(given);
    return {
      evaluateLosses,
      settleAlert: createSettleAlert(given, async () => false),
      releaseHeld: createReleaseHeld(given, evaluateLosses),
      findUndecided: createFindUndecided(given, evaluateLosses),
    };
  };

  const work = async (message: EvaluationMessage): Promise<void> => {
    const evaluator = createEvaluator();
    switch (message.kind) {
      case "losses":
        return evaluator.evaluateLosses(message.server, message.losses);
      case "alert":
        return evaluator.settleAlert(message);
      case "release":
        return evaluator.releaseHeld(message.server);
      case "connection":
      case "sweep":
        return undefined;
    }
  };

  const isCrash = (error: unknown): boolean =>
    error instanceof AggregateError ? error.errors.every(isCrash) : error instanceof Crash;

  const unlessItDies = async (run: () => Promise<void>): Promise<boolean> => {
    try {
      await run();
      return true;
    } catch (error) {
      if (isCrash(error)) return false;
      throw error;
    }
  };

  const deliver = async ({ message }: Queued): Promise<void> => {
    if (await unlessItDies(() => work(message))) {
      if (message.kind === "losses") for (const { lossId } of message.losses) delivered.add(lossId);
    } else queue.push({ at: clock + micros(visibilitySeconds), message });
  };

  const deliverDue = async (): Promise<void> => {
    const due = chance.shuffle(queue.filter(({ at }) => at <= clock)).slice(0, atOnce);
    queue = queue.filter((one) => !due.includes(one));
    await Promise.all(due.map(deliver));
  };

  const runSchedule = async (): Promise<void> => {
    const evaluator = createEvaluator();
    const due = await tables.readDueAlerts(clock, 100);
    await Promise.all([
      ...due.map((key) => unlessItDies(() => evaluator.settleAlert(key))),
      unlessItDies(() => createEvaluator().releaseHeld(undefined)),
      unlessItDies(() => createEvaluator().findUndecided(chance.happens(0.1))),
      deliverDue(),
    ]);
  };

  const next = (): number => Math.min(nextRun, ...queue.map(({ at }) => at));

  // From the status table's stream to the queue.
  const fanOut = async (before: RegistrationStatus | undefined, after: RegistrationStatus) => {
    for (const request of lossEvaluationsOf({ before, after }, rules)) {
      if (chance.happens(faults.drop)) continue;
      const delaySeconds =
        request.delaySeconds + (chance.happens(faults.late) ? chance.below(40) : 0);
      await enqueue([{ ...request, delaySeconds }]);
      if (chance.happens(faults.repeat)) {
        const again = chance.happens(0.5) ? delaySeconds : chance.below(60);
        await enqueue([{ ...request, delaySeconds: again }]);
      }
    }
  };

  const record = createRecordEvents({
    ...store,
    writeStatus: async (status) => {
      const [before] = await store.readStatuses([status]);
      const result = await store.writeStatus(status);
      if (result === "written" && status.changed) await fanOut(before, status);
      return result;
    },
    now,
  });

  return {
    ...tables,
    published,
    delivered,
    now,
    enqueue,
    writeAlert,
    record: (events: readonly RegistrationEvent[]) => record(events, "key_1"),
    /** Lets time pass, with all that happens meanwhile. */
    pass: async (seconds: number): Promise<void> => {
      const end = clock + micros(seconds);
      while (next() <= end) {
        clock = Math.max(clock, next());
        if (nextRun <= clock) {
          nextRun += micros(runSeconds);
          await runSchedule();
        } else await deliverDue();
      }
      clock = end;
    },
  };
};

/** The evaluator's world (see `createWorld`). */
export type World = ReturnType<typeof createWorld>;

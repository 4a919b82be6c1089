import * as v from "valibot";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { AlertRulesSchema, micros } from "../../lambda/domain/rules.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import { createEvaluateLosses } from "../../lambda/use-cases/evaluate/evaluate-losses.ts";
import {
  type LossRequest,
  lossEvaluationsOf,
} from "../../lambda/use-cases/fanout/loss-evaluations.ts";
import { toDecisionView } from "../../lambda/use-cases/operate/decision-view.ts";
import { createListDecisions } from "../../lambda/use-cases/operate/list-decisions.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../support/in-memory-store.ts";

const rules = v.parse(AlertRulesSchema, {});
const at = (seconds: number) => ({ time: baseTime + micros(seconds) });

// Lost for ten seconds, then, a quarter of an hour later, for good.
const story: readonly RegistrationEvent[] = [
  registered({ id: "1", ...at(-3600) }),
  unregistered({ id: "Ktjy0e0mRZivS4a8rOSTAc", ...at(-900), errorCode: 109 }),
  registered({ id: "3", ...at(-890) }),
  unregistered({ id: "hB3J_mPbphBR2yssjfxIgS", ...at(0), errorCode: 59 }),
];

type Due = { dueAt: number; request: LossRequest };

/** What `GET /v1/decisions` says of a DN that was lost twice: within its hold-down, and for good. */
export const decideTwoLosses = async (): Promise<object> => {
  const store = createInMemoryStore();
  const alerting = createInMemoryAlerting();
  const clock = { now: 0 };
  const evaluateLosses = createEvaluateLosses({
    ...store,
    ...alerting,
    emitMetrics: () => {},
    hash: (text) => text,
    rules,
    now: () => clock.now,
  });
  let waiting: Due[] = [];

  const evaluateUntil = async (end: number): Promise<void> => {
    const due = waiting.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt);
    waiting = waiting.filter(({ dueAt }) => dueAt > end);
    for (const { dueAt, request } of due) {
      clock.now = dueAt;
      await evaluateLosses(request.message.server, request.message.losses);
    }
  };
  const apply = async (event: RegistrationEvent): Promise<void> => {
    clock.now = event.time + micros(0.25);
    const [before] = await store.readStatuses([event]);
    const after = advance(before, [event], clock.now);
    await store.writeStatus(after);
    for (const request of lossEvaluationsOf({ before, after }, rules))
      waiting.push({ dueAt: clock.now + micros(request.delaySeconds + 1), request });
  };

  for (const event of story) {
    await evaluateUntil(event.time);
    await apply(event);
  }
  await evaluateUntil(baseTime + micros(3600));
  const listDecisions = createListDecisions({ ...store, ...alerting, rules, now: () => clock.now });
  const { decisions } = await listDecisions({ thisDN: "7001", limit: 50 });
  return { data: decisions.map(toDecisionView) };
};

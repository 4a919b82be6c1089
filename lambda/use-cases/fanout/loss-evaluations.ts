import {
  distinctLosses,
  type EvaluationMessage,
  type EvaluationRequest,
} from "../../domain/alerting/evaluation-message.ts";
import { lossFactsOf } from "../../domain/alerting/loss-facts.ts";
import type { StatusWrite } from "../../domain/message/table-write.ts";
import { type AlertRules, holdDownOf } from "../../domain/rules.ts";
import type { RegistrationStatus } from "../../domain/status/registration-status.ts";

type Losses = Extract<EvaluationMessage, { kind: "losses" }>;

/** A request to the evaluator to evaluate losses of one server, after a delay in seconds. */
export type LossRequest = EvaluationRequest & { message: Losses };

// What an alert says about a loss. A newer event of the same loss adds nothing.
const contentOf = (status: RegistrationStatus, rules: AlertRules): string => {
  const snapshot = { status, loss: undefined, losses: undefined, rules, now: status.changedAt };
  const { applications, severity, reason } = lossFactsOf(snapshot) ?? {};
  return JSON.stringify([applications, severity, reason]);
};

/**
 * What the evaluator must evaluate after a write: a loss that began, when its hold-down is over; a loss that is over,
 * or about which its alert must now say something else (applications, severity, cause), at once.
 */
export const lossEvaluationsOf = (
  { before, after }: StatusWrite,
  rules: AlertRules,
): LossRequest[] => {
  const { thisDN, server, alertId } = after;
  const request = (lossId: string | undefined, delaySeconds: number): LossRequest[] =>
    lossId === undefined
      ? []
      : [{ message: { kind: "losses", server, losses: [{ thisDN, lossId }] }, delaySeconds }];
  if (before?.alertId !== alertId) {
    return [...request(before?.alertId, 0), ...request(alertId, holdDownOf(rules, after))];
  }
  return before === undefined || contentOf(before, rules) === contentOf(after, rules)
    ? []
    : request(alertId, 0);
};

/** Packs what concerns one server after one delay into one message. Every loss is in it once, in the order given. */
export const packRequests = (requests: readonly LossRequest[]): LossRequest[] => {
  const packed = new Map<string, LossRequest>();
  for (const { message, delaySeconds } of requests) {
    const key = JSON.stringify([message.server, delaySeconds]);
    const before = packed.get(key)?.message.losses ?? [];
    const losses = distinctLosses([...before, ...message.losses]);
    packed.set(key, { message: { ...message, losses }, delaySeconds });
  }
  return [...packed.values()];
};

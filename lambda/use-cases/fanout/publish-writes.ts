import { toAlertMessage } from "../../domain/message/alert-message.ts";
import { toChangeMessage } from "../../domain/message/change-message.ts";
import type { OutgoingMessage } from "../../domain/message/outgoing-message.ts";
import type { TableWrite } from "../../domain/message/table-write.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { MessageOutcome, Publish, Topic } from "../../ports/publishing.ts";
import { type LossRequest, lossEvaluationsOf, packRequests } from "./loss-evaluations.ts";

/** What a write leads to: a message for a topic, and requests to the evaluator. */
export type PreparedWrite = {
  topic: Topic;
  message: OutgoingMessage;
  requests: readonly LossRequest[];
};

/** What publishing needs to know; the runbook's address ends up in every alert. */
export type PublishSettings = {
  rules: AlertRules;
  runbookUrl: string | undefined;
};

/** Makes the message about a write, and the requests to the evaluator that follow from it. */
export const prepareWrite = (
  write: TableWrite,
  { rules, runbookUrl }: PublishSettings,
): PreparedWrite => {
  switch (write.kind) {
    case "status":
      return {
        topic: "changes",
        message: toChangeMessage(write.before, write.after),
        requests: lossEvaluationsOf(write, rules),
      };
    case "alert":
      return { topic: "alerts", message: toAlertMessage(write.alert, runbookUrl), requests: [] };
  }
};

/** The outcome of one write: published, refused for good by its topic, or to be published again. */
export type PublishOutcome =
  | { kind: "published"; topic: Topic }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

const unanswered: MessageOutcome = { kind: "failed", detail: "SNS left the message unanswered" };

const toPublishOutcome = (topic: Topic, outcome: MessageOutcome = unanswered): PublishOutcome =>
  outcome.kind === "published" ? { kind: "published", topic } : outcome;

/**
 * Builds the function that publishes up to ten writes to their topics, and sends the losses among them to the
 * evaluator, in their order. Throws when the evaluator's queue did not accept all: then all may be published again.
 */
export const createPublishWrites = (publish: Publish, requestEvaluation: RequestEvaluation) => {
  const publishSome = async (
    topic: Topic,
    all: readonly PreparedWrite[],
  ): Promise<MessageOutcome[]> => {
    const messages = all.filter((write) => write.topic === topic).map(({ message }) => message);
    return messages.length === 0 ? [] : await publish(topic, messages);
  };
  const requestSome = async (all: readonly PreparedWrite[]): Promise<void> => {
    const packed = packRequests(all.flatMap(({ requests }) => requests));
    if (packed.length > 0) await requestEvaluation(packed);
  };

  return async (all: readonly PreparedWrite[]): Promise<PublishOutcome[]> => {
    const [changes, alerts] = await Promise.all([
      publishSome("changes", all),
      publishSome("alerts", all),
      requestSome(all),
    ]);
    const answers = { changes: changes.values(), alerts: alerts.values() };
    return all.map(({ topic }) => toPublishOutcome(topic, answers[topic].next().value));
  };
};

/** Publishes writes (see `createPublishWrites`). */
export type PublishWrites = ReturnType<typeof createPublishWrites>;

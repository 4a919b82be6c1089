import { type PublishableAlert, toAlertMessage } from "../../domain/message/alert-message.ts";
import { toChangeMessage } from "../../domain/message/change-message.ts";
import type { OutgoingMessage } from "../../domain/message/outgoing-message.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { MessageOutcome, Publish, Topic } from "../../ports/publishing.ts";
import {
  type LossRequest,
  lossEvaluationsOf,
  packRequests,
  type StatusWrite,
} from "./loss-evaluations.ts";

/** One write that must be told: of a status, or of an alert. */
export type TableWrite =
  | ({ kind: "status" } & StatusWrite)
  | { kind: "alert"; alert: PublishableAlert };

/** What a write is told with: a message for a topic, and what the evaluator is asked to look at. */
export type PreparedWrite = {
  topic: Topic;
  message: OutgoingMessage;
  requests: readonly LossRequest[];
};

/** What telling needs to know; the runbook's address ends up in every alert. */
export type PublishSettings = {
  rules: Pick<AlertRules, "holdDownSeconds" | "holdDowns">;
  runbookUrl: string | undefined;
};

/** Puts a write in words. */
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

/** What became of one write: told, refused for good by its topic, or to be told again. */
export type PublishOutcome =
  | { kind: "told"; topic: Topic }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

const unanswered: MessageOutcome = { kind: "failed", detail: "SNS left the message unanswered" };

const toPublishOutcome = (
  topic: Topic,
  publication: MessageOutcome = unanswered,
): PublishOutcome => (publication.kind === "published" ? { kind: "told", topic } : publication);

/**
 * Tells the topics of up to ten writes, and the evaluator of the losses among them, in their order. Throws when the evaluator's
 * queue did not take all: then all may be told again.
 */
export const createPublishWrites = (publish: Publish, requestEvaluation: RequestEvaluation) => {
  const publishSome = async (
    topic: Topic,
    all: readonly PreparedWrite[],
  ): Promise<MessageOutcome[]> => {
    const messages = all.filter((news) => news.topic === topic).map(({ message }) => message);
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

/** Tells the topics and the evaluator of writes (see `createTell`). */
export type PublishWrites = ReturnType<typeof createPublishWrites>;

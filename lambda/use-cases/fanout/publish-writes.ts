import {
  type AlertMessageSettings,
  type PublishableAlert,
  toAlertMessage,
  toAlertText,
} from "../../domain/message/alert-message.ts";
import { toChangeMessage } from "../../domain/message/change-message.ts";
import type { OutgoingMessage, OutgoingText } from "../../domain/message/outgoing-message.ts";
import type { TableWrite } from "../../domain/message/table-write.ts";
import type { AlertRules } from "../../domain/rules.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { MessageOutcome, Publish, Topic } from "../../ports/publishing.ts";
import { type LossRequest, lossEvaluationsOf, packRequests } from "./loss-evaluations.ts";

/** A message and the topic that it goes to. */
export type AddressedMessage = { topic: Topic; message: OutgoingMessage | OutgoingText };

/** What a write leads to: a message for each topic that hears of it, and requests to the evaluator. */
export type PreparedWrite = {
  messages: readonly [AddressedMessage, ...AddressedMessage[]];
  requests: readonly LossRequest[];
};

/** What publishing needs to know; `hasTexts`: there is a topic for texts of alerts. */
export type PublishSettings = AlertMessageSettings & { rules: AlertRules; hasTexts: boolean };

const prepareAlert = (alert: PublishableAlert, settings: PublishSettings): PreparedWrite => {
  const message = toAlertMessage(alert, settings);
  const text = () => ({
    topic: "alertTexts" as const,
    message: toAlertText(alert, message, settings),
  });
  return {
    messages: [{ topic: "alerts", message }, ...(settings.hasTexts ? [text()] : [])],
    requests: [],
  };
};

/** Makes the messages about a write, and the requests to the evaluator that follow from it. */
export const prepareWrite = (write: TableWrite, settings: PublishSettings): PreparedWrite => {
  switch (write.kind) {
    case "status":
      return {
        messages: [{ topic: "changes", message: toChangeMessage(write.before, write.after) }],
        requests: lossEvaluationsOf(write, settings.rules),
      };
    case "alert":
      return prepareAlert(write.alert, settings);
  }
};

/**
 * The outcome of one write: published, refused for good by one of its topics, or to be published again. `topic` is its
 * first one.
 */
export type PublishOutcome =
  | { kind: "published"; topic: Topic }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

const unanswered: MessageOutcome = { kind: "failed", detail: "SNS left the message unanswered" };

// What failed is published again to all its topics: a message comes at least once, everywhere.
const joinOutcomes = (topic: Topic, outcomes: readonly MessageOutcome[]): PublishOutcome => {
  const findKind = (kind: "failed" | "refused") => outcomes.find((one) => one.kind === kind);
  const problem = findKind("failed") ?? findKind("refused");
  return problem === undefined || problem.kind === "published"
    ? { kind: "published", topic }
    : problem;
};

/**
 * Builds the function that publishes up to ten writes to their topics, and sends the losses among them to the
 * evaluator, in their order. Throws when the evaluator's queue did not accept all: then all may be published again.
 */
export const createPublishWrites = (publish: Publish, requestEvaluation: RequestEvaluation) => {
  const publishTo = async (
    topic: Topic,
    all: readonly AddressedMessage[],
  ): Promise<MessageOutcome[]> => {
    const own = all.filter((one) => one.topic === topic).map(({ message }) => message);
    return own.length === 0 ? [] : await publish(topic, own);
  };
  const requestSome = async (all: readonly PreparedWrite[]): Promise<void> => {
    const packed = packRequests(all.flatMap(({ requests }) => requests));
    if (packed.length > 0) await requestEvaluation(packed);
  };

  return async (all: readonly PreparedWrite[]): Promise<PublishOutcome[]> => {
    const messages = all.flatMap((write) => write.messages);
    const [changes, alerts, alertTexts] = await Promise.all([
      publishTo("changes", messages),
      publishTo("alerts", messages),
      publishTo("alertTexts", messages),
      requestSome(all),
    ]);
    const answers = {
      changes: changes.values(),
      alerts: alerts.values(),
      alertTexts: alertTexts.values(),
    };
    return all.map((write) => {
      const [first] = write.messages;
      const own = write.messages.map(({ topic }) => answers[topic].next().value ?? unanswered);
      return joinOutcomes(first.topic, own);
    });
  };
};

/** Publishes writes (see `createPublishWrites`). */
export type PublishWrites = ReturnType<typeof createPublishWrites>;

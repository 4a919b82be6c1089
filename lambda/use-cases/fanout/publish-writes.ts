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

/** What a write leads to: its message, the text of an alert where texts have a topic, and requests to the evaluator. */
export type PreparedWrite = {
  messages: readonly [message: AddressedMessage, ...text: AddressedMessage[]];
  requests: readonly LossRequest[];
};

/** What publishing needs to know; `hasTexts`: there is a topic for texts of alerts. */
export type PublishSettings = AlertMessageSettings & { rules: AlertRules; hasTexts: boolean };

const prepareAlert = (alert: PublishableAlert, settings: PublishSettings): PreparedWrite => {
  const message = toAlertMessage(alert, settings);
  const addressed = { topic: "alerts", message } as const;
  if (!settings.hasTexts) return { messages: [addressed], requests: [] };
  const text = toAlertText(alert, message, settings);
  return { messages: [addressed, { topic: "alertTexts", message: text }], requests: [] };
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
 * The outcome of one write: published, refused for good, or to be published again. `topic` is its first one, which decides
 * whether it is refused; `refusedText` says why the topic of texts refused for good the text of an alert.
 */
export type PublishOutcome =
  | { kind: "published"; topic: Topic; refusedText?: string }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

const unanswered: MessageOutcome = { kind: "failed", detail: "SNS left the message unanswered" };

// What failed is published again to all its topics: a message comes at least once, everywhere. An alert whose text alone
// is refused for good is published: a redrive would send it to programs again, and its text hours late.
const joinOutcomes = (
  topic: Topic,
  first: MessageOutcome,
  text: MessageOutcome | undefined,
): PublishOutcome => {
  if (first.kind === "failed") return first;
  if (text?.kind === "failed") return text;
  if (first.kind === "refused") return first;
  return text?.kind === "refused"
    ? { kind: "published", topic, refusedText: text.detail }
    : { kind: "published", topic };
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
      const [first, text] = write.messages;
      const answerTo = ({ topic }: AddressedMessage) => answers[topic].next().value ?? unanswered;
      return joinOutcomes(first.topic, answerTo(first), text && answerTo(text));
    });
  };
};

/** Publishes writes (see `createPublishWrites`). */
export type PublishWrites = ReturnType<typeof createPublishWrites>;

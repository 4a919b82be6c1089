import {
  BatchRequestTooLongException,
  type BatchResultErrorEntry,
  InvalidParameterException,
  InvalidParameterValueException,
  type MessageAttributeValue,
  NotFoundException,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  type SNSClient,
} from "@aws-sdk/client-sns";
import type { OutgoingMessage, OutgoingText } from "../domain/message/outgoing-message.ts";
import type { MessageOutcome, Publish, Topic } from "../ports/publishing.ts";
import { toMessageText } from "./message-text.ts";

const toAttribute = (value: string | readonly string[]): MessageAttributeValue =>
  typeof value === "string"
    ? { DataType: "String", StringValue: value }
    : { DataType: "String.Array", StringValue: toMessageText(value) };

const toAttributes = (
  attributes: OutgoingMessage["attributes"],
): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, toAttribute(value)]],
    ),
  );

// Of a text SNS gives each protocol its own.
const toBody = (message: OutgoingMessage | OutgoingText) =>
  "event" in message
    ? { Message: toMessageText(message.event) }
    : {
        Message: toMessageText({ default: message.text, sms: message.sms }),
        MessageStructure: "json",
      };

const toEntry = (
  message: OutgoingMessage | OutgoingText,
  index: number,
): PublishBatchRequestEntry => ({
  Id: String(index),
  Subject: message.subject,
  ...toBody(message),
  MessageAttributes: toAttributes(message.attributes),
});

// SNS counts throttling as the sender's fault, and a throttled message may still go through later.
const isFinal = ({ SenderFault, Code }: BatchResultErrorEntry): boolean =>
  SenderFault === true && !/throttl/i.test(`${Code}`);

const toPublication = (failure: BatchResultErrorEntry | undefined): MessageOutcome => {
  if (failure === undefined) return { kind: "published" };
  const kind = isFinal(failure) ? "refused" : "failed";
  return { kind, detail: `SNS answered ${failure.Code} for the message` };
};

const isInvalid = (error: unknown): error is Error =>
  error instanceof InvalidParameterException ||
  error instanceof InvalidParameterValueException ||
  error instanceof BatchRequestTooLongException;

// The data stack may be an older one for a while, or for good: no alert waits until texts have a topic.
const isWithoutTopic = (topic: Topic, error: unknown): error is Error =>
  topic === "alertTexts" && error instanceof NotFoundException;

/**
 * Builds the publisher: one PublishBatch for up to ten messages. A batch that SNS rejects as invalid as a whole is
 * published one by one, so that only the message at fault is refused; so is a text while its topic does not exist. Throws
 * when SNS cannot be reached or denies access.
 */
export const createPublish = (
  client: SNSClient,
  topics: Readonly<Partial<Record<Topic, string | undefined>>>,
): Publish => {
  const publishEntries = async (
    topic: Topic,
    entries: PublishBatchRequestEntry[],
  ): Promise<MessageOutcome[]> => {
    try {
      const answer = await client.send(
        new PublishBatchCommand({ TopicArn: topics[topic], PublishBatchRequestEntries: entries }),
      );
      return entries.map(({ Id }) => toPublication(answer.Failed?.find((one) => one.Id === Id)));
    } catch (error) {
      if (!isInvalid(error) && !isWithoutTopic(topic, error)) throw error;
      if (entries.length === 1) return [{ kind: "refused", detail: `SNS: ${error.name}` }];
      const each = await Promise.all(entries.map((entry) => publishEntries(topic, [entry])));
      return each.flat();
    }
  };

  return (topic, messages) => publishEntries(topic, messages.map(toEntry));
};

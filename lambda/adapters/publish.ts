import {
  BatchRequestTooLongException,
  type BatchResultErrorEntry,
  InvalidParameterException,
  InvalidParameterValueException,
  type MessageAttributeValue,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  type SNSClient,
} from "@aws-sdk/client-sns";
import type { OutgoingMessage } from "../domain/message/outgoing-message.ts";
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

const toEntry = (message: OutgoingMessage, index: number): PublishBatchRequestEntry => ({
  Id: String(index),
  Subject: message.subject,
  Message: toMessageText(message.event),
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

/**
 * Builds the publisher: one PublishBatch for up to ten messages. A batch that SNS rejects as invalid as a whole is
 * published one by one, so that only the message at fault is refused. Throws when SNS cannot be reached or denies
 * access.
 */
export const createPublish = (
  client: SNSClient,
  topics: Readonly<Record<Topic, string>>,
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
      if (!isInvalid(error)) throw error;
      if (entries.length === 1) return [{ kind: "refused", detail: `SNS: ${error.name}` }];
      const each = await Promise.all(entries.map((entry) => publishEntries(topic, [entry])));
      return each.flat();
    }
  };

  return (topic, messages) => publishEntries(topic, messages.map(toEntry));
};

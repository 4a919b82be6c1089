import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** A message that is in our hands until its visibility timeout ends. */
export type HeldMessage = {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
};

/** How to take messages out of a queue. */
export type Taking = {
  readonly queueUrl: string;
  /** How long what was taken stays hidden from other readers. */
  readonly holdSeconds: number;
  /** How long to wait for a first message, at most 20. */
  readonly waitSeconds: number;
};

/** At most ten messages; an empty list when none came in time. Throws when the signal is aborted. */
export const receiveMessages = async (
  sqs: SQSClient,
  { queueUrl, holdSeconds, waitSeconds }: Taking,
  signal?: AbortSignal,
): Promise<HeldMessage[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: holdSeconds,
    WaitTimeSeconds: waitSeconds,
    MessageSystemAttributeNames: ["SentTimestamp"],
    MessageAttributeNames: ["All"],
  });
  const { Messages = [] } = await sqs.send(command, signal ? { abortSignal: signal } : {});
  return Messages.map((message) => ({
    id: message.MessageId ?? "",
    receipt: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: message.MessageAttributes ?? {},
    sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
  }));
};

/** Everything that is in the queue now, the oldest first, at most `limit` messages and one batch more. */
export const takeAll = async (
  sqs: SQSClient,
  taking: Taking,
  limit = 5_000,
): Promise<HeldMessage[]> => {
  const taken = new Map<string, HeldMessage>();
  while (taken.size < limit) {
    const messages = await receiveMessages(sqs, taking);
    if (messages.length === 0) break;
    for (const message of messages) taken.set(message.id, message);
  }
  return [...taken.values()].sort((a, b) => a.sentAt - b.sentAt);
};

/** Gives messages back: they are visible again at once. Where that fails they are after `holdSeconds`. */
export const giveBack = async (
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly HeldMessage[],
): Promise<void> => {
  for (let start = 0; start < messages.length; start += 10) {
    const Entries = messages.slice(start, start + 10).map(({ receipt }, index) => ({
      Id: String(index),
      ReceiptHandle: receipt,
      VisibilityTimeout: 0,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
};

/** Takes a message out of the queue for good. */
export const deleteMessage = async (
  sqs: SQSClient,
  queueUrl: string,
  { receipt }: HeldMessage,
): Promise<void> => {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
};

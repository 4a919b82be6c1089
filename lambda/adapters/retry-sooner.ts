import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { chunks } from "./chunks.ts";

const messagesPerCall = 10;
const firstSeconds = 5;
const growth = 5;

/** How often a message is received before the queue gives it to its dead letters. */
export const maxReceives = 5;

/** A message that was received: its handle, and how often it was, this time included. */
export type ReceivedMessage = { receiptHandle: string; receives: number };

/** How long a message waits that was received so often, in seconds: 5, 25, 125, 625; the last time it goes at once, to the dead letters. */
export const pauseAfter = (receives: number): number =>
  receives < maxReceives ? firstSeconds * growth ** (receives - 1) : 0;

/**
 * Builds what shortens the time that failed messages are hidden for. The queue's own, six times the function's, is made for a
 * function that died; after an error of the store it would keep an alert back for minutes. Throws when SQS did not answer.
 */
export const createRetrySooner = (client: SQSClient, queueUrl: string) => {
  // One that SQS refuses is no longer ours: its time was over, and it comes again by itself.
  const sendCall = (messages: readonly ReceivedMessage[]) =>
    client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ receiptHandle, receives }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: pauseAfter(receives),
        })),
      }),
    );

  return async (messages: readonly ReceivedMessage[]): Promise<void> => {
    await Promise.all(chunks(messages, messagesPerCall).map(sendCall));
  };
};

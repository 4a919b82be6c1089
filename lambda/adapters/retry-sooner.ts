import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { chunks } from "../async/chunks.ts";

const messagesPerCall = 10;
const firstSeconds = 5;
const growth = 5;

/** How often a message is received before the queue moves it to the dead-letter queue. */
export const maxReceives = 5;

/** A received message: its handle, and how often it was received, this time included. */
export type ReceivedMessage = { receiptHandle: string; receives: number };

/**
 * How long a message waits after so many receives, in seconds: 5, 25, 125, 625; after the last receive it goes to the
 * dead-letter queue at once.
 */
export const pauseAfter = (receives: number): number =>
  receives < maxReceives ? firstSeconds * growth ** (receives - 1) : 0;

/**
 * Builds the function that shortens the time for which failed messages are hidden. The queue's own timeout, six times
 * the function's, is meant for a function that died; after an error of the store it would delay an alert for minutes.
 * Throws when SQS did not answer.
 */
export const createRetrySooner = (client: SQSClient, queueUrl: string) => {
  // A message whose handle SQS refuses is no longer ours: its timeout is over, and SQS delivers it again by itself.
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

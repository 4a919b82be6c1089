import { ChangeMessageVisibilityBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { BringAgain, ReceivedMessage } from "../domain/alerting/alert-ports.ts";
import { chunks } from "./chunks.ts";

const messagesPerCall = 10;
const firstSeconds = 5;
const growth = 5;
const longestSeconds = 900;

/** How long a message waits that was received so often, in seconds: 5, 25, 125, 625, and 900 at most. */
export const pauseAfter = (receives: number): number =>
  Math.min(firstSeconds * growth ** (receives - 1), longestSeconds);

/**
 * Builds what shortens the time that failed messages are hidden for. The queue's own, six times the function's, is made for a
 * function that died; after an error of the store it would keep an alert back for minutes.
 */
export const createBringAgain = (client: SQSClient, queueUrl: string): BringAgain => {
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

  return async (messages) => {
    await Promise.all(chunks(messages, messagesPerCall).map(sendCall));
  };
};

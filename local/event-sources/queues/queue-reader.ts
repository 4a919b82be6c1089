import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** SQS returns, and deletes, at most ten messages a call. */
export const messagesPerCall = 10;

/** Receives and deletes the messages of one queue. Both functions reject when the stack stops. */
export type QueueReader = {
  /** Receives up to ten messages; waits for the first one, at most 20 seconds. */
  readonly receive: (maximum: number, waitSeconds: number) => Promise<readonly Message[]>;
  /** Deletes any number of messages. An expired handle is not an error: its message is delivered again. */
  readonly remove: (receiptHandles: readonly string[]) => Promise<void>;
};

/** Makes the reader of a queue; messages come with all their attributes. */
export const createQueueReader = (
  sqs: SQSClient,
  queueUrl: string,
  stop: AbortSignal,
): QueueReader => {
  const options = { abortSignal: stop };
  return {
    receive: async (maximum, waitSeconds) => {
      const request = {
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(messagesPerCall, maximum),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ["All" as const],
        MessageAttributeNames: ["All"],
      };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request), options);
      return Messages;
    },
    remove: async (receiptHandles) => {
      for (let start = 0; start < receiptHandles.length; start += messagesPerCall) {
        const handles = receiptHandles.slice(start, start + messagesPerCall);
        const Entries = handles.map((ReceiptHandle, index) => ({
          Id: String(index),
          ReceiptHandle,
        }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), options);
      }
    },
  };
};

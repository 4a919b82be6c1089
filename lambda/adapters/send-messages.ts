import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";

const messagesPerCall = 10;

/** How much one call sends, in bytes: well below the 1 MiB that SQS accepts. */
export const callBytes = 250_000;

/** A message to a queue, delivered after a delay (whole seconds, at most 900). */
export type QueueMessage = { body: string; delaySeconds?: number };

const packCalls = (messages: readonly QueueMessage[]): QueueMessage[][] => {
  const calls: QueueMessage[][] = [];
  let bytes = callBytes;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    const call = calls.at(-1);
    if (call === undefined || call.length === messagesPerCall || bytes + size > callBytes) {
      calls.push([message]);
      bytes = size;
    } else {
      call.push(message);
      bytes += size;
    }
  }
  return calls;
};

/**
 * Builds the sender to one queue, which packs messages into calls. Throws when SQS did not accept a message; `what`
 * names the messages in that error.
 */
export const createSendMessages = (client: SQSClient, queueUrl: string, what: string) => {
  const sendCall = async (messages: readonly QueueMessage[]): Promise<void> => {
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ body, delaySeconds }, index) => ({
          Id: String(index),
          MessageBody: body,
          DelaySeconds: delaySeconds,
        })),
      }),
    );
    const failed = answer.Failed ?? [];
    if (failed.length > 0) throw new Error(`SQS did not take ${failed.length} ${what}`);
  };

  return async (messages: readonly QueueMessage[]): Promise<void> => {
    await Promise.all(packCalls(messages).map(sendCall));
  };
};

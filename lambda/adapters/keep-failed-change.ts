import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { toMessageText } from "./message-text.ts";

/** Keeps a stream record that can never be published, whole, for operations. Throws when it cannot. */
export type KeepFailedChange = (record: unknown, detail: string) => Promise<void>;

/** Builds the sender to the queue of failed changes. */
export const createKeepFailedChange =
  (client: SQSClient, queueUrl: string, now: () => number): KeepFailedChange =>
  async (record, detail) => {
    const failedAt = new Date(now()).toISOString();
    const body = toMessageText({ failedAt, detail, record });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
  };

import { randomUUID } from "node:crypto";
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { drainQueue } from "../../support/subscribed-queue.ts";

const MessageSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ type: v.string(), subject: v.string() }),
);

/** A subscriber's queue. */
export type Inbox = {
  readonly arn: string;
  /** What has arrived until now, since the queue was made, as "type subject". */
  readonly look: () => Promise<readonly string[]>;
};

/** Makes a queue, for messages without SNS's envelope. */
export const createInbox = async (sqs: SQSClient): Promise<Inbox> => {
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({ QueueName: `subscriber-${randomUUID()}` }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  const arrived: string[] = [];
  return {
    arn: Attributes?.["QueueArn"] ?? "",
    look: async () => {
      const messages = (await drainQueue(sqs, QueueUrl)).map((body) =>
        v.parse(MessageSchema, body),
      );
      arrived.push(...messages.map(({ type, subject }) => `${type} ${subject}`));
      return arrived;
    },
  };
};

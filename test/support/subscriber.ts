import { randomUUID } from "node:crypto";
import { type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { CloudEvent } from "../../lambda/domain/message/outgoing-message.ts";

type Data = Record<string, unknown>;
/** A message as a subscriber reads it. */
export type Received = Omit<CloudEvent, "data"> & { data: Data };

/** A queue that is subscribed to a topic, and what it has received so far. */
export type Subscriber = {
  received: Received[];
  /** Waits until a message matches, including earlier ones; fails after 25 s, naming what it received. */
  until: (fits: (message: Received) => boolean) => Promise<Received>;
};

const patienceMilliseconds = 25_000;

/** Subscribes a new queue to a topic (raw delivery), with a filter policy if given. */
export const subscribe = async (
  { sns, sqs }: { sns: SNSClient; sqs: SQSClient },
  topicArn: string,
  filter?: Record<string, string[]>,
): Promise<Subscriber> => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `q-${randomUUID()}` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: "sqs",
      Endpoint: Attributes?.["QueueArn"],
      Attributes: {
        RawMessageDelivery: "true",
        ...(filter && { FilterPolicy: JSON.stringify(filter) }),
      },
    }),
  );
  const received: Received[] = [];
  const receive = async (): Promise<void> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = "", ReceiptHandle } of Messages) {
      received.push(JSON.parse(Body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  };
  return {
    received,
    until: async (fits) => {
      const deadline = Date.now() + patienceMilliseconds;
      while (Date.now() < deadline) {
        const message = received.find(fits);
        if (message !== undefined) return message;
        await receive();
      }
      const came = received.map(({ type, subject }) => `${type} ${subject}`).join(", ");
      throw new Error(`no such message within 25 s; there came: ${came || "none"}`);
    },
  };
};

import { randomUUID } from "node:crypto";
import { type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

type Messaging = {
  sns: SNSClient;
  makeQueue: (name: string) => Promise<{ url: string; arn: string }>;
};

/** Makes a queue that receives a topic's messages where they match the policy; returns its URL. */
export const subscribeQueue = async (
  { sns, makeQueue }: Messaging,
  TopicArn: string,
  filterPolicy?: object,
): Promise<string> => {
  const { url, arn } = await makeQueue(randomUUID());
  const Attributes = { ...(filterPolicy && { FilterPolicy: JSON.stringify(filterPolicy) }) };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: arn, Attributes }));
  return url;
};

/** The bodies of all messages in a queue, which are removed. */
export const drainQueue = async (sqs: SQSClient, QueueUrl: string): Promise<string[]> => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
  );
  if (Messages.length === 0) return [];
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  return [...Messages.map(({ Body = "" }) => Body), ...(await drainQueue(sqs, QueueUrl))];
};

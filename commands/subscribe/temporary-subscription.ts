import { randomBytes } from "node:crypto";
import { type SNSClient, SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { letTopicSend, policyText } from "./topic-policy.ts";

/** The clients that subscriptions need. */
export type MessagingClients = {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
};

/** A queue that hears topics until it is removed. */
export type TemporarySubscription = {
  readonly queueName: string;
  readonly queueUrl: string;
  /** Removes the subscriptions and the queue; says what could not be removed by throwing. */
  readonly remove: () => Promise<void>;
};

const makeQueue = async (sqs: SQSClient, queueName: string, topicArns: readonly string[]) => {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: queueName,
      // If its maker is killed, the queue stays, but no message lies in it for long.
      Attributes: { MessageRetentionPeriod: "3600" },
    }),
  );
  const queueUrl = QueueUrl ?? "";
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["QueueArn"] }),
  );
  const queueArn = Attributes?.["QueueArn"] ?? "";
  const Policy = policyText(topicArns.map((topic) => letTopicSend(topic, queueArn)));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy } }));
  return { queueUrl, queueArn };
};

const throwFailures = (results: readonly PromiseSettledResult<unknown>[], what: string): void => {
  const reasons = results.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  if (reasons.length > 0) throw new AggregateError(reasons, what);
};

const subscribeRaw = async (
  sns: SNSClient,
  TopicArn: string,
  queueArn: string,
): Promise<string> => {
  const { SubscriptionArn = "" } = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: "sqs",
      Endpoint: queueArn,
      Attributes: { RawMessageDelivery: "true" },
      ReturnSubscriptionArn: true,
    }),
  );
  return SubscriptionArn;
};

/** Makes a queue that gets every message of the topics, as published. What was made is removed again if that fails. */
export const subscribeTemporarily = async (
  { sns, sqs }: MessagingClients,
  topicArns: readonly string[],
  prefix: string,
): Promise<TemporarySubscription> => {
  const queueName = `${prefix}-temporary-${randomBytes(4).toString("hex")}`;
  const { queueUrl, queueArn } = await makeQueue(sqs, queueName, topicArns);
  const subscriptions: string[] = [];
  const remove = async (): Promise<void> => {
    const removals = subscriptions.map((SubscriptionArn) =>
      sns.send(new UnsubscribeCommand({ SubscriptionArn })),
    );
    const queue = sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
    const results = await Promise.allSettled([...removals, queue]);
    throwFailures(results, `remove the queue ${queueName} by hand`);
  };
  try {
    for (const topic of topicArns) subscriptions.push(await subscribeRaw(sns, topic, queueArn));
  } catch (error) {
    await remove();
    throw error;
  }
  return { queueName, queueUrl, remove };
};

import { CreateTopicCommand, type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import * as v from "valibot";
import type { Deployment } from "../template/deployment.ts";

const TopicSchema = v.object({
  FifoTopic: v.optional(v.boolean()),
  ContentBasedDeduplication: v.optional(v.boolean()),
});
const SubscriptionSchema = v.object({
  TopicArn: v.string(),
  Protocol: v.string(),
  Endpoint: v.optional(v.string(), ""),
  FilterPolicy: v.optional(v.record(v.string(), v.unknown())),
  FilterPolicyScope: v.optional(v.string()),
  RawMessageDelivery: v.optional(v.boolean()),
  RedrivePolicy: v.optional(v.record(v.string(), v.unknown())),
});
type Subscription = v.InferOutput<typeof SubscriptionSchema>;

/** Creates the topics. */
export async function createTopics(deployment: Deployment, client: SNSClient): Promise<void> {
  for (const { ref, properties } of deployment.ofType("AWS::SNS::Topic")) {
    const read = v.parse(TopicSchema, properties());
    const entries = Object.entries(read).map(([name, value]) => [name, String(value)] as const);
    const Name = ref.slice(ref.lastIndexOf(":") + 1);
    await client.send(new CreateTopicCommand({ Name, Attributes: Object.fromEntries(entries) }));
  }
}

/** Creates the subscriptions of queues; answers, one line each, those that cannot be had here. */
export async function createSubscriptions(
  deployment: Deployment,
  client: SNSClient,
): Promise<readonly string[]> {
  const notRun: string[] = [];
  for (const { logicalId, properties } of deployment.ofType("AWS::SNS::Subscription")) {
    const subscription = v.parse(SubscriptionSchema, properties());
    if (subscription.Protocol === "sqs") await subscribeQueue(subscription, client);
    else notRun.push(`${logicalId}: a subscription by ${subscription.Protocol}`);
  }
  return notRun;
}

async function subscribeQueue(subscription: Subscription, client: SNSClient): Promise<void> {
  const { TopicArn, Protocol, Endpoint, ...attributes } = subscription;
  const entries = Object.entries(attributes).map(([name, value]) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return [name, text] as const;
  });
  const Attributes = Object.fromEntries(entries);
  await client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));
}

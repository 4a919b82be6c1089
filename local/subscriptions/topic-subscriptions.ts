import { type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import * as v from "valibot";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import { unreadProperties } from "../templates/unread-properties.ts";

const SubscriptionSchema = v.object({
  TopicArn: v.string(),
  Protocol: v.string(),
  Endpoint: v.optional(v.string(), ""),
  FilterPolicy: v.optional(v.record(v.string(), v.unknown())),
  FilterPolicyScope: v.optional(v.string()),
  RawMessageDelivery: v.optional(v.boolean()),
  RedrivePolicy: v.optional(v.object({ deadLetterTargetArn: v.string() })),
});
const TopicSchema = v.object({
  Subscription: v.optional(v.array(v.object({ Protocol: v.string(), Endpoint: v.string() })), []),
});
/** A subscription of the templates: a resource of its own or a part of its topic. */
export type TopicSubscription = v.InferOutput<typeof SubscriptionSchema> & {
  readonly logicalId: string;
};
const known = [...Object.keys(SubscriptionSchema.entries), "Region"];

/** Reads all subscriptions; `unread` has one line for each setting that the local stack ignores. */
export const readSubscriptions = (templates: ResolvedTemplates) => {
  const subscriptions: TopicSubscription[] = [];
  const unread: string[] = [];
  for (const { logicalId, properties } of templates.ofType("AWS::SNS::Subscription")) {
    const given = properties();
    subscriptions.push({ logicalId, ...v.parse(SubscriptionSchema, given) });
    unread.push(...unreadProperties(`${logicalId}: its`, given, known));
  }
  for (const { logicalId, ref, properties } of templates.ofType("AWS::SNS::Topic")) {
    const { Subscription } = v.parse(TopicSchema, properties());
    subscriptions.push(...Subscription.map((one) => ({ logicalId, TopicArn: ref, ...one })));
  }
  return { subscriptions, unread };
};

/** The filter of a subscription as attributes of SNS. */
export const filterAttributes = ({
  FilterPolicy,
  FilterPolicyScope,
}: TopicSubscription): Record<string, string> => ({
  ...(FilterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(FilterPolicy) }),
  ...(FilterPolicyScope === undefined ? {} : { FilterPolicyScope }),
});

const subscribeQueue = async (
  subscription: TopicSubscription,
  client: SNSClient,
): Promise<void> => {
  const { TopicArn, Protocol, Endpoint, RawMessageDelivery, RedrivePolicy } = subscription;
  const Attributes = {
    ...filterAttributes(subscription),
    ...(RawMessageDelivery === undefined ? {} : { RawMessageDelivery: String(RawMessageDelivery) }),
    ...(RedrivePolicy === undefined ? {} : { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
  };
  await client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));
};

/** Subscribes the templates' queues; `relaySubscriptions` serves functions and HTTP endpoints. */
export const createSubscriptions = async (templates: ResolvedTemplates, client: SNSClient) => {
  for (const subscription of readSubscriptions(templates).subscriptions) {
    if (subscription.Protocol === "sqs") await subscribeQueue(subscription, client);
  }
};

import {
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { listSubscriptions } from "./list-subscriptions.ts";

/** A subscription as it should be. */
export type WantedSubscription = {
  readonly topicArn: string;
  readonly protocol: "sqs" | "email" | "sms";
  readonly endpoint: string;
  /** JSON; undefined for everything. */
  readonly filterPolicy: string | undefined;
  readonly rawDelivery: boolean;
  readonly deadLetterArn: string;
};

/** What was done: `pending` waits for the subscriber to confirm. */
export type Ensured = "made" | "changed" | "pending";

const attributesOf = (wanted: WantedSubscription): Record<string, string> => ({
  // SNS takes this one not even as "false" where it does not apply.
  ...(wanted.protocol === "sqs" && { RawMessageDelivery: String(wanted.rawDelivery) }),
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: wanted.deadLetterArn }),
  ...(wanted.filterPolicy !== undefined && {
    FilterPolicyScope: "MessageAttributes",
    FilterPolicy: wanted.filterPolicy,
  }),
});

const setAll = async (sns: SNSClient, arn: string, wanted: WantedSubscription): Promise<void> => {
  // An empty policy takes an older one away. It stays the first: its scope can only be set where there is one.
  const attributes = { FilterPolicy: "{}", ...attributesOf(wanted) };
  for (const [AttributeName, AttributeValue] of Object.entries(attributes))
    await sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }),
    );
};

/** Makes the subscription, or brings the one that is there into the wanted state. */
export const ensureSubscription = async (
  sns: SNSClient,
  wanted: WantedSubscription,
): Promise<Ensured> => {
  const { topicArn, protocol, endpoint } = wanted;
  const all = await listSubscriptions(sns, topicArn);
  const existing = all.find((each) => each.protocol === protocol && each.endpoint === endpoint);
  if (existing?.arn !== undefined) {
    await setAll(sns, existing.arn, wanted);
    return "changed";
  }
  // For one that waits for its confirmation this sends the question again.
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: endpoint,
      Attributes: attributesOf(wanted),
    }),
  );
  return SubscriptionArn?.startsWith("arn:") ? "made" : "pending";
};

import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  type SNSClient,
} from "@aws-sdk/client-sns";
import * as v from "valibot";

/** A subscription of a topic. The ARN is undefined while the subscriber has not confirmed it. */
export type ListedSubscription = {
  readonly arn: string | undefined;
  readonly protocol: string;
  readonly endpoint: string;
};

/** All subscriptions of the topic. */
export const listSubscriptions = async (
  sns: SNSClient,
  topicArn: string,
): Promise<ListedSubscription[]> => {
  const found: ListedSubscription[] = [];
  let token: string | undefined;
  do {
    const page = await sns.send(
      new ListSubscriptionsByTopicCommand({
        TopicArn: topicArn,
        ...(token !== undefined && { NextToken: token }),
      }),
    );
    for (const { SubscriptionArn, Protocol = "", Endpoint = "" } of page.Subscriptions ?? [])
      found.push({
        arn: SubscriptionArn?.startsWith("arn:") ? SubscriptionArn : undefined,
        protocol: Protocol,
        endpoint: Endpoint,
      });
    token = page.NextToken || undefined;
  } while (token !== undefined);
  return found;
};

const RedrivePolicySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ deadLetterTargetArn: v.string() }),
);

/** The ARN of the queue where the subscription's undeliverable messages go, if it has one. */
export const deadLetterQueueOf = async (
  sns: SNSClient,
  subscriptionArn: string,
): Promise<string | undefined> => {
  const { Attributes } = await sns.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn }),
  );
  const parsed = v.safeParse(RedrivePolicySchema, Attributes?.["RedrivePolicy"]);
  return parsed.success ? parsed.output.deadLetterTargetArn : undefined;
};

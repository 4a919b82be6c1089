import { SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { LocalClients } from "../emulators/local-clients.ts";

/** How a queue of the runner's own listens to a topic. */
export interface OwnQueue {
  readonly name: string;
  readonly topicArn: string;
  /** Attributes of the subscription: its filter, raw delivery. */
  readonly attributes: Readonly<Record<string, string>>;
}
// Longer than anything here takes with a message, and the queue ends with the runner: none comes twice.
const visibilitySeconds = 43_200;

/** Makes a queue that the templates do not have and subscribes it; messages come from now on. */
export async function subscribeOwnQueue(
  { sns, sqs }: Pick<LocalClients, "sns" | "sqs">,
  { name, topicArn, attributes }: OwnQueue,
): Promise<{ readonly queueUrl: string; readonly subscriptionArn: string }> {
  const Attributes = { VisibilityTimeout: String(visibilitySeconds) };
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  const queue = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  const { SubscriptionArn = "" } = await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: "sqs",
      Endpoint: queue.Attributes?.["QueueArn"] ?? "",
      Attributes: { ...attributes },
      ReturnSubscriptionArn: true,
    }),
  );
  return { queueUrl: QueueUrl, subscriptionArn: SubscriptionArn };
}

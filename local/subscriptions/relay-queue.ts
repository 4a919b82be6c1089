import { SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { LocalClients } from "../emulators/local-clients.ts";
import { messagesPerCall, type QueueReader } from "../event-sources/queues/queue-reader.ts";
import { retryUntilSuccess } from "../processes/retry-until-success.ts";
import type { StackClock } from "../processes/stack-clock.ts";

/** A queue that the local stack adds to the templates' and subscribes to a topic, to relay its messages. */
export type RelayQueue = {
  readonly name: string;
  readonly topicArn: string;
  /** Attributes of the subscription: its filter, raw delivery. */
  readonly attributes: Readonly<Record<string, string>>;
};
// A message is deleted as soon as it is received. One whose answer was lost on a busy machine comes again after this.
const visibilitySeconds = 30;

/** Creates a relay queue and subscribes it; it gets messages from now on. */
export const subscribeRelayQueue = async (
  { sns, sqs }: Pick<LocalClients, "sns" | "sqs">,
  { name, topicArn, attributes }: RelayQueue,
): Promise<{ readonly queueUrl: string; readonly subscriptionArn: string }> => {
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
};

/** Handles the text of a message; a rejection ends `followQueue`. */
export type HandleMessage = (body: string) => unknown;

/** Reads a relay queue: deletes each message, then handles it, up to ten in parallel. Rejects when the stack stops. */
export const followQueue = async (
  { receive, remove }: QueueReader,
  handle: HandleMessage,
  { wait }: Pick<StackClock, "wait">,
): Promise<never> => {
  for (;;) {
    const messages = await retryUntilSuccess(() => receive(messagesPerCall, 20), wait);
    const handles = messages.map(({ ReceiptHandle = "" }) => ReceiptHandle);
    await retryUntilSuccess(() => remove(handles), wait);
    await Promise.all(messages.map(({ Body = "" }) => handle(Body)));
  }
};

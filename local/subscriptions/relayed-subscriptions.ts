import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { createQueueReader } from "../event-sources/queues/queue-reader.ts";
import {
  createRetriesOf,
  invokeAsynchronously,
  type RetriesOf,
} from "../functions/asynchronous-invocation.ts";
import type { LocalServices } from "../stack/local-services.ts";
import { createQueueFinder } from "../templates/queue-finder.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import { type HttpSubscriber, isLoopbackAddress, postNotification } from "./http-delivery.ts";
import { followQueue, subscribeRelayQueue } from "./relay-queue.ts";
import { readSnsNotification, snsEvent } from "./sns-notification.ts";
import {
  filterAttributes,
  readSubscriptions,
  type TopicSubscription,
} from "./topic-subscriptions.ts";

/** Brings a notification (SNS's JSON) to its subscriber. Rejects when the stack stops. */
type Relay = (body: string, subscriptionArn: string) => Promise<void>;
type RelayChoice =
  | { readonly kind: "carries"; readonly carry: Relay }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "not-here"; readonly why: string };

const follow = async (
  subscription: TopicSubscription,
  name: string,
  carry: Relay,
  { clients, clock, stop, onFailureOf }: LocalServices,
): Promise<void> => {
  const { logicalId, TopicArn: topicArn } = subscription;
  const attributes = filterAttributes(subscription);
  const own = await subscribeRelayQueue(clients, { name, topicArn, attributes });
  const reader = createQueueReader(clients.sqs, own.queueUrl, stop);
  const handle = (body: string) => carry(body, own.subscriptionArn);
  followQueue(reader, handle, clock).catch(onFailureOf(`the carrier of ${logicalId}`));
};

const relayToFunction = (
  address: string,
  retriesOf: RetriesOf,
  { findFunction, clock }: LocalServices,
): RelayChoice => {
  const retries = retriesOf(address);
  const invoke = findFunction(address);
  if (invoke === undefined) {
    return { kind: "not-here", why: `a subscription of ${address}, which is not of this stack` };
  }
  const carry: Relay = async (body, subscriptionArn) => {
    const event = snsEvent(readSnsNotification(body), subscriptionArn);
    await invokeAsynchronously({ invoke, retries }, JSON.stringify(event), clock);
  };
  return { kind: "carries", carry };
};

const keep = (sqs: SQSClient, QueueUrl: string, MessageBody: string): Promise<boolean> =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })).then(
    () => true,
    () => false,
  );

const relayToEndpoint = (
  { logicalId, Endpoint: url, RawMessageDelivery: isRaw = false, RedrivePolicy }: TopicSubscription,
  templates: ResolvedTemplates,
  { clients, clock, say }: LocalServices,
): Relay => {
  const deadLetters = createQueueFinder(templates)(RedrivePolicy?.deadLetterTargetArn ?? "");
  return async (envelope, subscriptionArn) => {
    const notification = readSnsNotification(envelope);
    const body = isRaw ? notification.Message : envelope;
    const subscriber: HttpSubscriber = { url, subscriptionArn, isRaw };
    const delivery = await postNotification(subscriber, { notification, body }, clock);
    if (delivery.kind === "delivered") return;
    const isKept = deadLetters !== undefined && (await keep(clients.sqs, deadLetters, body));
    const kept = isKept ? "; it is in the dead-letter queue" : "";
    say(`${logicalId}: ${url} did not take a notification: ${delivery.reason}${kept}`);
  };
};

const chooseRelay = (
  subscription: TopicSubscription,
  templates: ResolvedTemplates,
  services: LocalServices,
): RelayChoice => {
  const { Protocol, Endpoint } = subscription;
  switch (Protocol) {
    case "sqs":
      return { kind: "elsewhere" };
    case "lambda":
      return relayToFunction(Endpoint, createRetriesOf(templates), services);
    case "http":
    case "https":
      if (!isLoopbackAddress(Endpoint)) {
        return {
          kind: "not-here",
          why: `a subscription of ${Endpoint}, which is not this machine`,
        };
      }
      return { kind: "carries", carry: relayToEndpoint(subscription, templates, services) };
    default:
      return { kind: "not-here", why: `a subscription by ${Protocol}` };
  }
};

/** Carries the last hop to functions and to HTTP endpoints of this machine; answers, one line each, what is not carried. */
export const relaySubscriptions = async (
  templates: ResolvedTemplates,
  services: LocalServices,
): Promise<readonly string[]> => {
  const { subscriptions, unread } = readSubscriptions(templates);
  const notRun: string[] = [...unread];
  for (const [index, subscription] of subscriptions.entries()) {
    const carrier = chooseRelay(subscription, templates, services);
    if (carrier.kind === "not-here") notRun.push(`${subscription.logicalId}: ${carrier.why}`);
    if (carrier.kind === "carries") {
      await follow(subscription, `local-subscription-${index}`, carrier.carry, services);
    }
  }
  return notRun;
};

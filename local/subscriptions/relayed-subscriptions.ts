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

/** Delivers a notification (SNS's JSON) to its subscriber. Rejects when the stack stops. */
type Relay = (body: string, subscriptionArn: string) => Promise<void>;
type RelayChoice =
  | { readonly kind: "relays"; readonly relay: Relay }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "not-here"; readonly why: string };

const follow = async (
  subscription: TopicSubscription,
  name: string,
  relay: Relay,
  { clients, clock, stop, onFailureOf }: LocalServices,
): Promise<void> => {
  const { logicalId, TopicArn: topicArn } = subscription;
  const attributes = filterAttributes(subscription);
  const own = await subscribeRelayQueue(clients, { name, topicArn, attributes });
  const reader = createQueueReader(clients.sqs, own.queueUrl, stop);
  const handle = (body: string) => relay(body, own.subscriptionArn);
  followQueue(reader, handle, clock).catch(onFailureOf(`the relay of ${logicalId}`));
};

const relayToFunction = (
  address: string,
  retriesOf: RetriesOf,
  { findFunction, clock }: LocalServices,
): RelayChoice => {
  const retries = retriesOf(address);
  const invoke = findFunction(address);
  if (invoke === undefined) {
    return { kind: "not-here", why: `a subscription of ${address}, which is not in this stack` };
  }
  const relay: Relay = async (body, subscriptionArn) => {
    const event = snsEvent(readSnsNotification(body), subscriptionArn);
    await invokeAsynchronously({ invoke, retries }, JSON.stringify(event), clock);
  };
  return { kind: "relays", relay };
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
    say(`${logicalId}: ${url} did not accept a notification: ${delivery.reason}${kept}`);
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
      return { kind: "relays", relay: relayToEndpoint(subscription, templates, services) };
    default:
      return { kind: "not-here", why: `a subscription by ${Protocol}` };
  }
};

/** Relays notifications to functions and to HTTP endpoints on this machine, which fauxqs does not; returns what is not relayed, one line each. */
export const relaySubscriptions = async (
  templates: ResolvedTemplates,
  services: LocalServices,
): Promise<readonly string[]> => {
  const { subscriptions, unread } = readSubscriptions(templates);
  const notRun: string[] = [...unread];
  for (const [index, subscription] of subscriptions.entries()) {
    const choice = chooseRelay(subscription, templates, services);
    if (choice.kind === "not-here") notRun.push(`${subscription.logicalId}: ${choice.why}`);
    if (choice.kind === "relays") {
      await follow(subscription, `local-subscription-${index}`, choice.relay, services);
    }
  }
  return notRun;
};

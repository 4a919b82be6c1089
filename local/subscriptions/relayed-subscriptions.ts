import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { createQueueReader } from "../event-sources/queues/queue-reader.ts";
import { asyncRetries, type RetriesOf } from "../functions/async-retries.ts";
import { invokeLater } from "../functions/asynchronous-invocation.ts";
import { isLoopbackAddress } from "../loopback/loopback-address.ts";
import type { Surroundings } from "../stack/local-services.ts";
import { queueFinder } from "../templates/queue-finder.ts";
import type { Deployment } from "../templates/resolved-templates.ts";
import { followQueue } from "./follow-queue.ts";
import { type HttpSubscriber, postNotification } from "./http-delivery.ts";
import { subscribeOwnQueue } from "./relay-queue.ts";
import { snsEvent } from "./sns-event.ts";
import { readNotification } from "./sns-notification.ts";
import { filterAttributes, readSubscriptions, type Subscription } from "./topic-subscriptions.ts";

/** Brings a notification (SNS's JSON) to its subscriber. Rejects when the stack stops. */
type Carry = (body: string, subscriptionArn: string) => Promise<void>;
type Carrier =
  | { readonly kind: "carries"; readonly carry: Carry }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "not-here"; readonly why: string };

/** Carries the last hop to functions and to HTTP endpoints of this machine; answers, one line each, what is not carried. */
export async function carrySubscriptions(
  deployment: Deployment,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const { subscriptions, unread } = readSubscriptions(deployment);
  const notRun: string[] = [...unread];
  for (const [index, subscription] of subscriptions.entries()) {
    const carrier = carrierOf(subscription, deployment, surroundings);
    if (carrier.kind === "not-here") notRun.push(`${subscription.logicalId}: ${carrier.why}`);
    if (carrier.kind === "carries") {
      await follow(subscription, `local-subscription-${index}`, carrier.carry, surroundings);
    }
  }
  return notRun;
}

async function follow(
  subscription: Subscription,
  name: string,
  carry: Carry,
  { clients, clock, stop, endsWith }: Surroundings,
): Promise<void> {
  const { logicalId, TopicArn: topicArn } = subscription;
  const attributes = filterAttributes(subscription);
  const own = await subscribeOwnQueue(clients, { name, topicArn, attributes });
  const reader = createQueueReader(clients.sqs, own.queueUrl, stop);
  const handle = (body: string) => carry(body, own.subscriptionArn);
  followQueue(reader, handle, clock).catch(endsWith(`the carrier of ${logicalId}`));
}

function carrierOf(
  subscription: Subscription,
  deployment: Deployment,
  surroundings: Surroundings,
): Carrier {
  const { Protocol, Endpoint } = subscription;
  switch (Protocol) {
    case "sqs":
      return { kind: "elsewhere" };
    case "lambda":
      return functionCarrier(Endpoint, asyncRetries(deployment), surroundings);
    case "http":
    case "https":
      if (!isLoopbackAddress(Endpoint)) {
        return {
          kind: "not-here",
          why: `a subscription of ${Endpoint}, which is not this machine`,
        };
      }
      return { kind: "carries", carry: httpCarrier(subscription, deployment, surroundings) };
    default:
      return { kind: "not-here", why: `a subscription by ${Protocol}` };
  }
}

function functionCarrier(
  address: string,
  retriesOf: RetriesOf,
  { find, clock }: Surroundings,
): Carrier {
  const retries = retriesOf(address);
  const invoke = find(address);
  if (invoke === undefined) {
    return { kind: "not-here", why: `a subscription of ${address}, which is not of this stack` };
  }
  const carry: Carry = async (body, subscriptionArn) => {
    const event = snsEvent(readNotification(body), subscriptionArn);
    await invokeLater({ invoke, retries }, JSON.stringify(event), clock);
  };
  return { kind: "carries", carry };
}

function httpCarrier(
  { logicalId, Endpoint: url, RawMessageDelivery: isRaw = false, RedrivePolicy }: Subscription,
  deployment: Deployment,
  { clients, clock, say }: Surroundings,
): Carry {
  const deadLetters = queueFinder(deployment)(RedrivePolicy?.deadLetterTargetArn ?? "");
  return async (envelope, subscriptionArn) => {
    const notification = readNotification(envelope);
    const body = isRaw ? notification.Message : envelope;
    const subscriber: HttpSubscriber = { url, subscriptionArn, isRaw };
    const delivery = await postNotification(subscriber, { notification, body }, clock);
    if (delivery.kind === "delivered") return;
    const isKept = deadLetters !== undefined && (await keep(clients.sqs, deadLetters, body));
    const kept = isKept ? "; it is in the dead-letter queue" : "";
    say(`${logicalId}: ${url} did not take a notification: ${delivery.reason}${kept}`);
  };
}

function keep(sqs: SQSClient, QueueUrl: string, MessageBody: string): Promise<boolean> {
  return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })).then(
    () => true,
    () => false,
  );
}

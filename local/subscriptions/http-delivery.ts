import { isThisMachine } from "../../bridge/http/this-machine.ts";
import type { StackClock } from "../processes/stack-clock.ts";
import type { SnsNotification } from "./sns-notification.ts";

/** A subscribed HTTP endpoint. */
export type HttpSubscriber = {
  readonly url: string;
  readonly subscriptionArn: string;
  /** Whether it gets the message alone, without SNS's envelope. */
  readonly isRaw: boolean;
};
/** How a delivery ended; `reason` is the endpoint's last answer. */
export type HttpDelivery =
  | { readonly kind: "delivered" }
  | { readonly kind: "given-up"; readonly reason: string };

// SNS retries three times too, but 20 seconds apart.
const pausesMilliseconds = [1000, 1000, 1000, 0];
const timeoutMilliseconds = 15_000;

const post = async (url: string, body: string, headers: Record<string, string>) => {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  // A redirect could lead away from this machine; SNS does not follow redirects either.
  const request = { method: "POST", body, headers, signal, redirect: "manual" as const };
  const response = await fetch(url, request).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status;
};

const headersOf = (
  { MessageId, TopicArn }: SnsNotification,
  { subscriptionArn, isRaw }: Omit<HttpSubscriber, "url">,
): Record<string, string> => ({
  "content-type": "text/plain; charset=UTF-8",
  "user-agent": "Amazon Simple Notification Service Agent",
  "x-amz-sns-message-type": "Notification",
  "x-amz-sns-message-id": MessageId,
  "x-amz-sns-topic-arn": TopicArn,
  "x-amz-sns-subscription-arn": subscriptionArn,
  ...(isRaw ? { "x-amz-sns-rawdelivery": "true" } : {}),
});

/** Posts a notification as SNS does and retries on 5xx, 429 or no answer. Rejects when the stack stops. */
export const postNotification = async (
  { url, ...subscriber }: HttpSubscriber,
  { notification, body }: { readonly notification: SnsNotification; readonly body: string },
  { wait }: Pick<StackClock, "wait">,
): Promise<HttpDelivery> => {
  const headers = headersOf(notification, subscriber);
  let reason = "";
  for (const pause of pausesMilliseconds) {
    const status = await post(url, body, headers);
    if (status !== undefined && status >= 200 && status < 300) return { kind: "delivered" };
    reason = status === undefined ? "no answer" : `HTTP ${status}`;
    if (status !== undefined && status < 500 && status !== 429) break;
    await wait(pause);
  }
  return { kind: "given-up", reason };
};

/** Whether a URL is a loopback address of this machine. */
export const isLoopbackAddress = (url: string): boolean =>
  URL.canParse(url) && isThisMachine(new URL(url));

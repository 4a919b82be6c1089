import { appendFileSync, writeFileSync } from "node:fs";
import { createQueueReader } from "../event-sources/queues/queue-reader.ts";
import { retryUntilSuccess } from "../processes/retry-until-success.ts";
import { followQueue, subscribeRelayQueue } from "../subscriptions/relay-queue.ts";
import type { LocalServices } from "./local-services.ts";

const oneLine = (text: string): string => text.replaceAll(/\r?\n/g, " ");

/** Follows a topic from now on through a relay queue. Each message becomes one line of the file, which starts empty. */
export const followAlerts = async (
  { clients, stop, clock, onFailureOf }: LocalServices,
  topicArn: string,
  file: string,
): Promise<void> => {
  writeFileSync(file, "", { mode: 0o600 });
  const { queueUrl } = await subscribeRelayQueue(clients, {
    name: "local-alert-follower",
    topicArn,
    attributes: { RawMessageDelivery: "true" },
  });
  const reader = createQueueReader(clients.sqs, queueUrl, stop);
  // On a full disk a line waits until there is space.
  const append = (body: string) =>
    retryUntilSuccess(async () => appendFileSync(file, `${oneLine(body)}\n`), clock.wait);
  followQueue(reader, append, clock).catch(onFailureOf("the alert follower"));
};

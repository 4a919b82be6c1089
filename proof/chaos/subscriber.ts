import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { createLocalClients } from "../../local/emulators/local-clients.ts";
import { createQueueReader } from "../../local/event-sources/queues/queue-reader.ts";
import type { StackDescription } from "../../local/stack/stack-description.ts";
import { followQueue, subscribeRelayQueue } from "../../local/subscriptions/relay-queue.ts";

const MessageSchema = v.object({
  id: v.string(),
  source: v.string(),
  subject: v.string(),
  sequence: v.string(),
  type: v.string(),
  data: v.looseObject({ alertId: v.optional(v.string()) }),
});
/** A message as a subscriber reads it. */
export type PublishedMessage = v.InferOutput<typeof MessageSchema>;

const LineSchema = v.object({ topicArn: v.string(), message: v.string() });

const readMessage = (text: string): PublishedMessage => v.parse(MessageSchema, JSON.parse(text));

/** Every message that a topic took in some lives of the stack, in order, repeats too. */
export const readPublished = (files: readonly string[], topic: string): PublishedMessage[] =>
  files
    .flatMap((file) => readFileSync(file, { encoding: "utf8", flag: "a+" }).split("\n"))
    .filter((line) => line !== "")
    .map((line) => v.parse(LineSchema, JSON.parse(line)))
    .filter(({ topicArn }) => topicArn === topic)
    .map(({ message }) => readMessage(message));

/** A subscriber of the changes: a queue that is read as long as the stack lives. */
export type ChangeSubscriber = {
  /** The ids of what has come. */
  readonly received: ReadonlySet<string>;
  readonly end: () => void;
};

/** Subscribes to the changes and hears from now on. */
export const subscribeToChanges = async ({
  endpoints,
  region,
  topics,
}: StackDescription): Promise<ChangeSubscriber> => {
  const clients = createLocalClients(endpoints, region);
  const { queueUrl } = await subscribeRelayQueue(clients, {
    name: "chaos-subscriber",
    topicArn: topics.changes,
    attributes: { RawMessageDelivery: "true" },
  });
  const stop = new AbortController();
  const received = new Set<string>();
  const clock = {
    wait: (milliseconds: number) => wait(milliseconds, undefined, { signal: stop.signal }),
  };
  const hear = (body: string) => received.add(readMessage(body).id);
  const { signal } = stop;
  // It ends with the stack, or when it is asked to.
  followQueue(createQueueReader(clients.sqs, queueUrl, signal), hear, clock).catch(() => undefined);
  return { received, end: () => stop.abort() };
};

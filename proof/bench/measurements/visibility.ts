import { randomUUID } from "node:crypto";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { createPost } from "../../../bridge/post.ts";
import { sign } from "../../../bridge/sign.ts";
import { createLocalClients, type LocalClients } from "../../../local/emulators/local-clients.ts";
import { pollMilliseconds } from "../../../local/event-sources/streams/start-stream-mapping.ts";
import type { Measurement, MeasurementRound } from "../../results/measurement.ts";
import { type RunningStack, startRunningStack } from "../running-stack.ts";
import { createNumbers, registeredEvent } from "../sample-events.ts";
import { roundCount } from "../timing.ts";

const changesPerRound = 100;
const percentile = 0.99;

const subscribeQueue = async (clients: LocalClients, topic: string): Promise<string> => {
  const name = `bench-${randomUUID()}`;
  const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: "sqs",
      Endpoint: Attributes?.["QueueArn"] ?? "",
      Attributes: { RawMessageDelivery: "true" },
    }),
  );
  return QueueUrl;
};

// What is received is deleted at once: it would be there again after its visibility timeout, as if it were the next.
const waitForChange = async (
  { sqs }: LocalClients,
  QueueUrl: string,
  thisDN: string,
): Promise<number> => {
  for (let tries = 0; tries < 10; tries += 1) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MaxNumberOfMessages: 1 }),
    );
    const receivedAt = performance.now();
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    if (Messages.some(({ Body = "" }) => Body.includes(`"${thisDN}"`))) return receivedAt;
  }
  throw new Error("a change never arrived");
};

const post = async ({ url, bridge }: RunningStack, thisDN: string): Promise<void> => {
  const body = JSON.stringify(registeredEvent(thisDN, Date.now() * 1000));
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = sign(bridge.key, { id: `msg_${randomUUID()}`, timestamp, body });
  const { status, text } = await createPost(url)(body, headers);
  if (status !== 200) throw new Error(`the stack answered ${status} ${text}`);
};

const measureRound = async (
  stack: RunningStack,
  nextNumber: () => string,
): Promise<MeasurementRound> => {
  const clients = createLocalClients(stack.endpoints, stack.region);
  const queue = await subscribeQueue(clients, stack.topics.changes);
  const delays: number[] = [];
  for (let index = 0; index < changesPerRound; index += 1) {
    const thisDN = nextNumber();
    await post(stack, thisDN);
    const answered = performance.now();
    delays.push((await waitForChange(clients, queue, thisDN)) - answered);
  }
  const sorted = delays.toSorted((a, b) => a - b);
  const slowest = sorted[Math.ceil(sorted.length * percentile) - 1] ?? Number.NaN;
  return { figure: slowest - pollMilliseconds };
};

const measure = async (): Promise<MeasurementRound[]> => {
  const stack = await startRunningStack();
  const nextNumber = createNumbers();
  try {
    const rounds: MeasurementRound[] = [];
    await post(stack, nextNumber());
    for (let round = 0; round < roundCount; round += 1) {
      rounds.push(await measureRound(stack, nextNumber));
    }
    return rounds;
  } finally {
    await stack.stop();
  }
};

/** How long after the 200 a subscriber has the change. */
export const visibility: readonly Measurement[] = [
  {
    name: "visible-p99",
    what: "change in a subscriber's queue after the 200, 99th percentile: milliseconds beyond one poll of the stream",
    goal: { atMost: 50 },
    measure,
  },
];

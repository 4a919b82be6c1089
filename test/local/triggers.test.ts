import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PublishCommand } from "@aws-sdk/client-sns";
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalClients, type LocalClients } from "../../local/emulators/local-clients.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { writeTriggerAssembly } from "../support/trigger-assembly.ts";

const due = `${new Date(Date.now() + 12_000).toISOString().slice(0, 19)}`;
const posts: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
const webhook = createServer(async (request, response) => {
  const body = await text(request);
  posts.push({ headers: request.headers, body });
  response.writeHead(body.includes("refuse") ? 400 : 200).end();
});
let stack: LocalStack;
let clients: LocalClients;

beforeAll(async () => {
  await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
  const address = webhook.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const assembly = writeTriggerAssembly({ webhook: `http://127.0.0.1:${port}/hook`, at: due });
  stack = await startLocalStack({ args: ["--assembly", assembly] });
  clients = createLocalClients(stack.description.endpoints, "us-east-1");
});
afterAll(async () => {
  await stack.stop();
  webhook.close();
});

const JsonSchema = v.pipe(v.string(), v.parseJson());

/** What a function logged behind a word, parsed. */
const logged = (word: string): unknown[] => {
  const log = readFileSync(join(stack.directory, ".local/functions.log"), "utf8");
  return [...log.matchAll(new RegExp(`  ${word} (.+)$`, "gm"))].map(([, json = ""]) =>
    v.parse(JsonSchema, json),
  );
};
const BatchesSchema = v.array(v.array(v.looseObject({ body: v.string() })));
const batches = () => v.parse(BatchesSchema, logged("batch"));
const batchesWith = (word: string) =>
  batches().filter((records) => records.some(({ body }) => body.includes(word)));

const send = async (body: unknown) => {
  const QueueUrl = await urlOf("tiny-work");
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
};

const urlOf = async (QueueName: string) =>
  (await clients.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";

const bodiesIn = async (queue: string, WaitTimeSeconds: number) => {
  const request = { QueueUrl: await urlOf(queue), WaitTimeSeconds, MaxNumberOfMessages: 10 };
  const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand(request));
  return Messages.map(({ Body = "" }) => Body);
};
const publish = (message: unknown, severity = "minor") =>
  clients.sns.send(
    new PublishCommand({
      TopicArn: stack.description.topics.alerts,
      Message: JSON.stringify(message),
      Subject: "News",
      MessageAttributes: { severity: { DataType: "String", StringValue: severity } },
    }),
  );

describe("a queue that feeds a function", () => {
  it("delivers a batch in Lambda's shape, without what the filter stops", async () => {
    const bodies = [{ kind: "work", id: 1 }, { kind: "other" }, { kind: "work", id: 2 }];
    const Entries = bodies.map((body, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(body),
      MessageAttributes: { trace: { DataType: "String", StringValue: "t" } },
    }));
    await clients.sqs.send(
      new SendMessageBatchCommand({ QueueUrl: await urlOf("tiny-work"), Entries }),
    );
    await expect.poll(batches).toHaveLength(1);
    const [records] = batches();
    expect(records?.map(({ body }) => body)).toEqual([
      '{"kind":"work","id":1}',
      '{"kind":"work","id":2}',
    ]);
    expect(records?.[0]).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.stringMatching(/./),
      body: '{"kind":"work","id":1}',
      attributes: {
        SenderId: expect.any(String),
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        ApproximateReceiveCount: "1",
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        trace: { stringValue: "t", stringListValues: [], binaryListValues: [], dataType: "String" },
      },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:tiny-work",
      awsRegion: "us-east-1",
    });
  });

  it("retries what failed, then moves it to the dead letters; the rest is done", async () => {
    await send({ kind: "work", id: "good" });
    await send({ kind: "work", id: "bad", fails: true });
    await expect
      .poll(() => bodiesIn("tiny-dead", 1))
      .toEqual(['{"kind":"work","id":"bad","fails":true}']);
    expect(batchesWith('"bad"')).toHaveLength(2);
    expect(batchesWith('"good"')).toHaveLength(1);
  });

  it("keeps the whole batch when the function throws, and says so", async () => {
    await send({ kind: "work", id: "bomb", throws: true });
    await expect
      .poll(() => bodiesIn("tiny-dead", 1))
      .toEqual(['{"kind":"work","id":"bomb","throws":true}']);
    expect(batchesWith('"bomb"')).toHaveLength(2);
    expect(stack.output()).toMatch(/tiny-worker failed: .*broken/);
  });
});

describe("a subscription that the local stack relays", () => {
  it("gives a function SNS's event, again after a failure, and only what passes its filter", async () => {
    await publish({ id: "minor" });
    await publish({ id: "major" }, "major");
    const received = () => logged("received");
    await expect.poll(received).toHaveLength(1);
    expect(received()[0]).toEqual({
      Records: [
        {
          EventSource: "aws:sns",
          EventVersion: "1.0",
          EventSubscriptionArn: expect.stringContaining(":tiny-alerts:"),
          Sns: expect.objectContaining({
            Type: "Notification",
            TopicArn: stack.description.topics.alerts,
            Subject: "News",
            Message: '{"id":"major"}',
            SigningCertUrl: expect.any(String),
            MessageAttributes: { severity: { Type: "String", Value: "major" } },
          }),
        },
      ],
    });
    expect(stack.output()).toMatch(/tiny-listener failed: .*not yet/);
  });

  it("posts to an endpoint of this machine as SNS does", async () => {
    await publish({ kind: "none" });
    await publish({ kind: "web" });
    await expect.poll(() => posts).toHaveLength(1);
    expect(posts[0]?.headers).toMatchObject({
      "content-type": "text/plain; charset=UTF-8",
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-topic-arn": stack.description.topics.alerts,
      "x-amz-sns-subscription-arn": expect.stringContaining(":tiny-alerts:"),
    });
    expect(JSON.parse(posts[0]?.body ?? "")).toMatchObject({ Message: '{"kind":"web"}' });
  });

  it("keeps what the endpoint refuses in the subscription's dead letters, and says so", async () => {
    await publish({ kind: "web", text: "refuse" });
    const kept = () => bodiesIn("tiny-undelivered", 1);
    await expect.poll(kept).toEqual([expect.stringContaining("refuse")]);
    await expect
      .poll(stack.output)
      .toMatch(
        /Webhook: http:.* did not accept a notification: HTTP 400; it is in the dead-letter/,
      );
  });
});

describe("a schedule", () => {
  it("fires at its time, at a function and at a queue", async () => {
    await expect.poll(() => logged("scheduled")).toEqual([{ at: `${due}Z` }]);
    expect(await bodiesIn("tiny-timetable", 1)).toEqual(["now"]);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(`${due}Z`));
  });
});

describe("what is not run here", () => {
  it.each([
    "Elsewhere: an event source of arn:aws:sqs:us-east-1:111111111111:another",
    "WorkMapping: its ProvisionedPollerConfig",
    "Webhook: its DeliveryPolicy",
    "Outside: a subscription of https://example.com/hook, which is not this machine",
    "Mail: a subscription by email",
    "Text: a subscription by sms",
    "Loud: a subscription by email-json",
    "Off: the schedule is disabled",
    "Odd: cron(0 8 * * * *) (exactly one of day-of-month and day-of-week is ?)",
    "Universal: a schedule of arn:aws:scheduler:::aws-sdk:ec2:stopInstances",
    "Minute: its target's InputPath",
    "OnEvents: its EventPattern",
  ])("is said at the start: %s", (line) => {
    expect(stack.output()).toContain(`not here     ${line}\n`);
  });
});

import { randomUUID } from "node:crypto";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createRetrySooner, pauseAfter } from "../../lambda/adapters/retry-sooner.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";
import { startMessaging } from "../support/emulated-messaging.ts";

const CallSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    Entries: v.array(
      v.object({ Id: v.string(), ReceiptHandle: v.string(), VisibilityTimeout: v.number() }),
    ),
  }),
);
const received = (count: number, receives = 1) =>
  Array.from({ length: count }, (_, index) => ({ receiptHandle: `handle-${index}`, receives }));

describe("retrying messages sooner", () => {
  it("waits five times as long each time, but not before the dead-letter queue", () => {
    expect([1, 2, 3, 4, 5, 6].map(pauseAfter)).toEqual([5, 25, 125, 625, 0, 0]);
  });

  it("passes ten messages to SQS in a call, each with its pause", async () => {
    const { requests, config } = await startAwsServer(() => ({ body: { Successful: [] } }));
    const bringAgain = createRetrySooner(new SQSClient(config), `${config.endpoint}/0/queue`);
    await bringAgain([...received(11), ...received(1, 3)]);
    expect(requests.map(({ action }) => action)).toEqual([
      "ChangeMessageVisibilityBatch",
      "ChangeMessageVisibilityBatch",
    ]);
    const calls = requests.map(({ body }) => v.parse(CallSchema, body).Entries);
    const [first = [], second = []] = calls.toSorted((a, b) => b.length - a.length);
    expect(first.map(({ Id }) => Id)).toEqual(Array.from({ length: 10 }, (_, id) => String(id)));
    expect(second).toEqual([
      { Id: "0", ReceiptHandle: "handle-10", VisibilityTimeout: 5 },
      { Id: "1", ReceiptHandle: "handle-0", VisibilityTimeout: 125 },
    ]);
  });

  it("throws when SQS does not answer", async () => {
    const { config } = await startAwsServer(() => awsError("QueueDoesNotExist"));
    const bringAgain = createRetrySooner(new SQSClient(config), `${config.endpoint}/0/queue`);
    await expect(bringAgain(received(1))).rejects.toThrow("The message of AWS");
  });

  it("makes a queue deliver a message soon that it would hide for longer", async () => {
    const { sqs, makeQueue, put, stop } = await startMessaging();
    const { url } = await makeQueue(randomUUID());
    await put(url, "failed");
    const take = (WaitTimeSeconds: number) =>
      sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url, VisibilityTimeout: 360, WaitTimeSeconds }),
      );
    const [message] = (await take(0)).Messages ?? [];
    await createRetrySooner(
      sqs,
      url,
    )([{ receiptHandle: message?.ReceiptHandle ?? "", receives: 1 }]);
    expect((await take(0)).Messages ?? []).toEqual([]);
    expect((await take(20)).Messages).toMatchObject([{ Body: "failed" }]);
    await stop();
  });
});

import { randomUUID } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKeepRejected } from "../../lambda/adapters/keep-rejected.ts";
import type { RejectedEvent } from "../../lambda/domain/request/rejected-event.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { drainQueue } from "../support/subscribed-queue.ts";

const maxCallBytes = 262_144;

const rejected = (index: number, changes: Partial<RejectedEvent> = {}): RejectedEvent => ({
  receivedAt: "2026-11-20T03:00:00.000000Z",
  application: "bridge-a",
  keyId: "key_00000001",
  requestId: "request-1",
  pointer: `/${index}`,
  event: '{"Event":"EventRegistred"}',
  problems: [{ pointer: `/${index}/Event`, code: "unknown-event", detail: "no such event" }],
  ...changes,
});
const some = (count: number, changes: Partial<RejectedEvent> = {}) =>
  Array.from({ length: count }, (_, index) => rejected(index, changes));
const parse = (body: string): unknown => JSON.parse(body);

const CallSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Entries: v.array(v.object({ Id: v.string(), MessageBody: v.string() })) }),
);

/** Keeps events through a server that accepts everything; returns the bodies of each call. */
const bodiesOfCalls = async (events: readonly RejectedEvent[]): Promise<string[][]> => {
  const { requests, config } = await startAwsServer(() => ({
    body: { Successful: [] },
  }));
  await createKeepRejected(new SQSClient(config), `${config.endpoint}/0/queue`)(events);
  return requests.map(({ body }) =>
    v.parse(CallSchema, body).Entries.map(({ MessageBody }) => MessageBody),
  );
};

describe("keeping rejected events", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  it("sends each of them, as many as there are", async () => {
    const { url: queue } = await messaging.makeQueue(randomUUID());
    await createKeepRejected(messaging.sqs, queue)(some(23, { serverName: "SIPTS750" }));
    const bodies = (await drainQueue(messaging.sqs, queue)).map(parse);
    expect(bodies).toHaveLength(23);
    expect(bodies).toEqual(expect.arrayContaining(some(23, { serverName: "SIPTS750" })));
  });

  it("sends text that contains what SQS refuses, written as JSON's escapes", async () => {
    const event = 'bad \u0000\u0001\u001f\u007f\ufffe\uffff\ud800 "𝄞"\r\n';
    const [[body = ""] = []] = await bodiesOfCalls([rejected(0, { event })]);
    expect(body).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]+$/u);
    expect(parse(body)).toEqual(rejected(0, { event }));
  });

  it("sends text beyond U+FFFF to an emulator, too", async () => {
    const { url: queue } = await messaging.makeQueue(randomUUID());
    const event = '{"CustomerID":"𝄞"}';
    await createKeepRejected(messaging.sqs, queue)([rejected(0, { event })]);
    expect((await drainQueue(messaging.sqs, queue)).map(parse)).toEqual([rejected(0, { event })]);
  });

  it("makes no call when there is nothing to keep", async () => {
    expect(await bodiesOfCalls([])).toEqual([]);
  });

  it.each([
    ["short events", some(25), 3],
    ["events of 20 kB", some(25, { event: "x".repeat(20_000) }), 3],
    ["events of 100 kB", some(5, { event: "x".repeat(100_000) }), 3],
    ["events of 240 kB", some(3, { event: "x".repeat(240_000) }), 3],
  ])("packs %s into calls of at most ten and 256 KiB", async (_, events, calls) => {
    const packed = await bodiesOfCalls(events);
    expect(packed).toHaveLength(calls);
    expect(packed.flat().map(parse)).toEqual(events);
    for (const bodies of packed) {
      expect(bodies.length).toBeLessThanOrEqual(10);
      expect(Buffer.byteLength(bodies.join(""))).toBeLessThanOrEqual(maxCallBytes);
    }
  });

  it.each([
    ["ASCII", "x"],
    ["text of three bytes a character", "語"],
    ["text of four bytes", "𝄞"],
    ["control characters, which JSON writes with six", "\u0001"],
    ["noncharacters, which we write with six", "\uffff"],
    ["quotes and backslashes", '\\"'],
  ])("cuts an event of 1 MiB of %s to what a message holds, and says so", async (_, unit) => {
    const bytes = Buffer.byteLength(unit);
    const event = unit.repeat(Math.floor(1_048_576 / bytes));
    const [[body = ""] = []] = await bodiesOfCalls([rejected(0, { event })]);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(maxCallBytes);
    const kept = v.parse(v.object({ event: v.string(), truncated: v.literal(true) }), parse(body));
    expect(event.startsWith(kept.event)).toBe(true);
    expect(kept.event.length).toBeGreaterThanOrEqual(30_000);
    expect(parse(body)).toMatchObject({ pointer: "/0", problems: rejected(0).problems });
  });

  it("throws when SQS accepts only some of them", async () => {
    const { config } = await startAwsServer(() => ({
      body: {
        Successful: [{ Id: "0", MessageId: "m", MD5OfMessageBody: "" }],
        Failed: [{ Id: "1", Code: "InternalError", SenderFault: false }],
      },
    }));
    const client = new SQSClient({ ...config, md5: false });
    const keepRejected = createKeepRejected(client, `${config.endpoint}/0/queue`);
    await expect(keepRejected(some(2))).rejects.toThrow("SQS did not take 1 rejected events");
  });

  it("throws when SQS accepts none of them", async () => {
    const { config } = await startAwsServer(() => awsError("QueueDoesNotExist"));
    const keepRejected = createKeepRejected(new SQSClient(config), `${config.endpoint}/0/queue`);
    await expect(keepRejected(some(1))).rejects.toThrow("The message of AWS");
  });
});

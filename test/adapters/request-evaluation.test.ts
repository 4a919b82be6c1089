import { randomUUID } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRequestEvaluation } from "../../lambda/adapters/request-evaluation.ts";
import {
  type EvaluationMessage,
  EvaluationMessageSchema,
  type EvaluationRequest,
} from "../../lambda/domain/alerting/evaluation-message.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { drainQueue } from "../support/subscribed-queue.ts";

const messages: EvaluationMessage[] = [
  {
    kind: "losses",
    server: "SIPTS750",
    losses: [{ thisDN: "Zoë 𝄞", lossId: "alert-1" }],
  },
  { kind: "alert", subject: '["dn","SIPTS750","7001"]', number: 1 },
  { kind: "connection", server: "SIPTS750", application: "bridge-a" },
  { kind: "release", server: "SIPTS750" },
  { kind: "sweep", server: "SIPTS750", application: "bridge-a", sweepId: "1", from: "2026" },
];
const requests = (count: number, delaySeconds = 0): EvaluationRequest[] =>
  Array.from({ length: count }, (_, index) => ({
    message: { kind: "release", server: `SIPTS${index}` },
    delaySeconds,
  }));
const parse = (body: string): unknown =>
  v.parse(v.pipe(v.string(), v.parseJson(), EvaluationMessageSchema), body);

const CallSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Entries: v.array(v.object({ MessageBody: v.string(), DelaySeconds: v.number() })) }),
);
/** Sends requests to a server that accepts everything; returns the entries of each call. */
const entriesOfCalls = async (given: readonly EvaluationRequest[]) => {
  const { requests: calls, config } = await startAwsServer(() => ({ body: { Successful: [] } }));
  await createRequestEvaluation(new SQSClient(config), `${config.endpoint}/0/queue`)(given);
  return calls.map(({ body }) => v.parse(CallSchema, body).Entries);
};

describe("requesting an evaluation", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  it("puts messages of every kind into the queue unchanged", async () => {
    const { url } = await messaging.makeQueue(randomUUID());
    const given = messages.map((message) => ({ message, delaySeconds: 0 }));
    await createRequestEvaluation(messaging.sqs, url)(given);
    const bodies = (await drainQueue(messaging.sqs, url)).map(parse);
    expect(bodies).toHaveLength(messages.length);
    expect(bodies).toEqual(expect.arrayContaining(messages));
  });

  it("puts in as many as there are, and delays those that have to wait", async () => {
    const { url } = await messaging.makeQueue(randomUUID());
    const requestEvaluation = createRequestEvaluation(messaging.sqs, url);
    await requestEvaluation([...requests(23), ...requests(7, 600)]);
    expect(await drainQueue(messaging.sqs, url)).toHaveLength(23);
    const attributes = await messaging.attributesOf(url);
    expect(attributes["ApproximateNumberOfMessagesDelayed"]).toBe("7");
  });

  it.each([
    ["0", 0, 0],
    ["a fraction of a second, rounded up", 0.04, 1],
    ["29.000001 s as 30", 29.000001, 30],
    ["the longest that SQS allows", 900, 900],
    ["more than that, as the longest", 86_400, 900],
    ["a time in the past, as none", -3, 0],
  ])("accepts a delay of %s", async (_, delaySeconds, expected) => {
    const [[entry] = []] = await entriesOfCalls(requests(1, delaySeconds));
    expect(entry?.DelaySeconds).toBe(expected);
  });

  it("makes no call when there is nothing to request", async () => {
    expect(await entriesOfCalls([])).toEqual([]);
  });

  it("packs calls of at most ten messages and 256 KiB", async () => {
    expect((await entriesOfCalls(requests(25))).map(({ length }) => length)).toEqual([10, 10, 5]);
    const losses = Array.from({ length: 1_000 }, () => ({ thisDN: "語".repeat(20), lossId: "1" }));
    const long = Array.from({ length: 5 }, () => ({
      message: { kind: "losses" as const, server: "SIPTS750", losses },
      delaySeconds: 30,
    }));
    const calls = await entriesOfCalls(long);
    expect(calls.flat()).toHaveLength(5);
    for (const entries of calls) {
      const bodies = entries.map(({ MessageBody }) => MessageBody);
      expect(Buffer.byteLength(bodies.join(""))).toBeLessThanOrEqual(262_144);
    }
  });

  it("throws when SQS accepts only some of them", async () => {
    const { config } = await startAwsServer(() => ({
      body: {
        Successful: [{ Id: "0", MessageId: "m", MD5OfMessageBody: "" }],
        Failed: [{ Id: "1", Code: "InternalError", SenderFault: false }],
      },
    }));
    const client = new SQSClient({ ...config, md5: false });
    const requestEvaluation = createRequestEvaluation(client, `${config.endpoint}/0/queue`);
    await expect(requestEvaluation(requests(2))).rejects.toThrow(
      "SQS did not take 1 requests for an evaluation",
    );
  });

  it("throws when SQS accepts none of them", async () => {
    const { config } = await startAwsServer(() => awsError("QueueDoesNotExist"));
    const client = new SQSClient(config);
    const requestEvaluation = createRequestEvaluation(client, `${config.endpoint}/0/queue`);
    await expect(requestEvaluation(requests(1))).rejects.toThrow("The message of AWS");
  });
});

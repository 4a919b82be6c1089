import {
  type MessageSystemAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Messaging, startMessaging } from "../../support/emulated-messaging.ts";

let messaging: Messaging;
beforeAll(async () => {
  messaging = await startMessaging();
  // As the SDK does in a function.
  messaging.sqs.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (trace !== undefined && isRequest(request)) request.headers["X-Amzn-Trace-Id"] = trace;
      return next(args);
    },
    { step: "build" },
  );
});
afterAll(() => messaging.stop());

let trace: string | undefined;
const isRequest = (value: unknown): value is { headers: Record<string, string> } =>
  typeof value === "object" && value !== null && "headers" in value;

const sendBatch = (QueueUrl: string, bodies: readonly string[], DelaySeconds?: number) => {
  const Entries = bodies.map((MessageBody) => ({ Id: MessageBody, MessageBody, DelaySeconds }));
  return messaging.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
};
const receive = async (
  QueueUrl: string,
  MessageSystemAttributeNames: MessageSystemAttributeName[] = ["All"],
) => {
  const request = { QueueUrl, MessageSystemAttributeNames, VisibilityTimeout: 0 };
  const { Messages = [] } = await messaging.sqs.send(
    new ReceiveMessageCommand({ ...request, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
  );
  return Messages;
};
const headersIn = async (url: string) =>
  (await receive(url)).map(({ Body, Attributes }) => [Body, Attributes?.["AWSTraceHeader"]]);

describe("SQS here", () => {
  it("keeps the trace header of a request as an attribute of its messages", async () => {
    const { url } = await messaging.makeQueue("traced");
    trace = "Root=1-2-3;Lineage=a87bd80c:0";
    await messaging.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "one" }));
    trace = "Root=1-2-3;Lineage=a87bd80c:1";
    await sendBatch(url, ["two", "three"]);
    trace = undefined;
    await sendBatch(url, ["none"]);
    const expected = [
      ["one", "Root=1-2-3;Lineage=a87bd80c:0"],
      ["two", "Root=1-2-3;Lineage=a87bd80c:1"],
      ["three", "Root=1-2-3;Lineage=a87bd80c:1"],
      ["none", undefined],
    ];
    expect(await headersIn(url)).toEqual(expected);
    // And again, as after a failure.
    expect(await headersIn(url)).toEqual(expected);
  });

  it("hands it to a receiver that already waits for the message", async () => {
    const { url } = await messaging.makeQueue("awaited");
    const waiting = headersIn(url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    trace = "Root=1-2-4";
    await sendBatch(url, ["late"]);
    trace = undefined;
    expect(await waiting).toEqual([["late", "Root=1-2-4"]]);
  });

  it("gives it only to those who ask for it", async () => {
    const { url } = await messaging.makeQueue("asked");
    trace = "Root=1-2-5";
    await sendBatch(url, ["one"]);
    trace = undefined;
    const attributes = async (...names: Parameters<typeof receive>[1] & object) =>
      (await receive(url, names)).map(({ Attributes }) => Attributes);
    expect(await attributes("AWSTraceHeader")).toEqual([{ AWSTraceHeader: "Root=1-2-5" }]);
    expect(await attributes("SenderId")).toEqual([{ SenderId: expect.any(String) }]);
    expect(await attributes()).toEqual([undefined]);
  });
});

import { randomUUID } from "node:crypto";
import {
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  PublishCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Messaging, startMessaging } from "../../support/emulated-messaging.ts";
import { drainQueue, subscribeQueue } from "../../support/subscribed-queue.ts";

let messaging: Messaging;
beforeAll(async () => {
  messaging = await startMessaging();
});
afterAll(() => messaging.stop());

const mebibyte = 1_048_576;
const snsBytes = 262_144;
const some = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("SQS", () => {
  let url: string;
  beforeAll(async () => {
    ({ url } = await messaging.makeQueue("limited"));
  });
  const send = (MessageBody: string, DelaySeconds = 0, QueueUrl = url) =>
    messaging.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
  const sendBatch = (Entries: SendMessageBatchRequestEntry[]) =>
    messaging.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  const entry = (Id: string, MessageBody = "text", DelaySeconds = 0) => ({
    Id,
    MessageBody,
    DelaySeconds,
  });

  it("takes what is at the limits", async () => {
    await send("x".repeat(mebibyte), 900);
    const ids = some(10, (index) => `${index}`.padEnd(80, "-"));
    const { Successful, Failed } = await sendBatch(
      ids.map((id) => entry(id, "x".repeat(Math.floor(mebibyte / 10)), 900)),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(ids);
    expect(Failed).toEqual([]);
  });

  it.each([
    ["a longer message", () => send("x".repeat(mebibyte + 1)), "InvalidParameterValue"],
    ["a longer delay", () => send("text", 901), "InvalidParameterValue"],
    ["a negative delay", () => send("text", -1), "InvalidParameterValue"],
    ["an empty message", () => send(""), "MissingParameter"],
    ["a forbidden character", () => send("\u0000"), "InvalidMessageContents"],
  ])("refuses %s", async (_what, sending, name) => {
    await expect(sending()).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  it("refuses what is longer than the queue's own limit", async () => {
    const { QueueUrl } = await messaging.sqs.send(
      new CreateQueueCommand({ QueueName: "short", Attributes: { MaximumMessageSize: "1024" } }),
    );
    await send("x".repeat(1024), 0, QueueUrl);
    await expect(send("x".repeat(1025), 0, QueueUrl)).rejects.toMatchObject({
      name: "InvalidParameterValue",
    });
  });

  it.each([
    ["without messages", [], "EmptyBatchRequest"],
    ["of eleven messages", some(11, (index) => entry(`${index}`)), "TooManyEntriesInBatchRequest"],
    ["with the same id twice", [entry("a"), entry("a")], "BatchEntryIdsNotDistinct"],
    ["with an id of 81 characters", [entry("a".repeat(81))], "InvalidBatchEntryId"],
    ["with an id of other characters", [entry("a b")], "InvalidBatchEntryId"],
    [
      "of more than 1 MiB in all",
      some(2, (index) => entry(`${index}`, "x".repeat(mebibyte / 2 + 1))),
      "BatchRequestTooLong",
    ],
    [
      "of eleven messages, one of which it would refuse alone",
      some(11, (index) => entry(`${index}`, "text", index === 0 ? 901 : 0)),
      "TooManyEntriesInBatchRequest",
    ],
  ])("refuses a batch %s", async (_what, entries, name) => {
    await expect(sendBatch(entries)).rejects.toMatchObject({ name });
  });

  it("takes the good ones of a batch and names the others", async () => {
    const queue = await messaging.makeQueue("mixed");
    const Entries = [entry("good"), entry("late", "text", 901), entry("empty", "")];
    const bad = [...Entries.slice(1), entry("control", "\u0001")];
    const batch = (entries: SendMessageBatchRequestEntry[]) =>
      messaging.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries: entries }));
    const failed = { SenderFault: true, Message: expect.any(String) };
    const late = { ...failed, Id: "late", Code: "InvalidParameterValue" };
    const empty = { ...failed, Id: "empty", Code: "MissingParameter" };
    const control = { ...failed, Id: "control", Code: "InvalidMessageContents" };
    const mixed = await batch(Entries);
    expect(mixed.Successful).toMatchObject([{ Id: "good" }]);
    expect(mixed.Failed).toEqual([late, empty]);
    expect((await batch(bad)).Failed).toEqual([control, late, empty]);
    expect(await batch(bad.slice(0, 2))).toMatchObject({ Successful: [], Failed: [late, empty] });
    expect(await messaging.bodiesIn(queue.url)).toEqual(["text"]);
  });
});

describe("SNS", () => {
  let TopicArn: string;
  beforeAll(async () => {
    TopicArn = await messaging.makeTopic(randomUUID());
  });
  const publish = (Message: string, Subject?: string) =>
    messaging.sns.send(new PublishCommand({ TopicArn, Message, Subject }));
  const publishBatch = (PublishBatchRequestEntries: PublishBatchRequestEntry[]) =>
    messaging.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  const entry = (Id: string, Message = "text", Subject?: string) => ({ Id, Message, Subject });

  it("takes what is at the limits", async () => {
    const queue = await subscribeQueue(messaging, TopicArn);
    await publish("x".repeat(snsBytes), "é".repeat(99));
    const { Successful, Failed } = await publishBatch(
      some(10, (index) => entry(`${index}`, "x".repeat(Math.floor(snsBytes / 10)), "Subject")),
    );
    expect([Successful?.length, Failed?.length]).toEqual([10, 0]);
    expect(await drainQueue(messaging.sqs, queue)).toHaveLength(11);
  });

  it.each([
    ["a longer message", "x".repeat(snsBytes + 1), undefined],
    ["an empty message", "", undefined],
    ["a subject of 100 characters", "text", "x".repeat(100)],
    ["an empty subject", "text", ""],
    ["a subject with a line break", "text", "one\ntwo"],
    ["a subject with a control character", "text", "one\u0007"],
  ])("refuses %s, alone and the whole batch that it is in", async (what, message, subject) => {
    await expect(publish(message, subject)).rejects.toMatchObject({
      name: "InvalidParameterException",
      $metadata: { httpStatusCode: 400 },
    });
    const name =
      what === "a longer message" ? "BatchRequestTooLongException" : "InvalidParameterException";
    const batch = [entry("good"), entry("bad", message, subject)];
    await expect(publishBatch(batch)).rejects.toMatchObject({ name });
  });

  it.each([
    ["without messages", [], "EmptyBatchRequestException"],
    [
      "of eleven messages",
      some(11, (index) => entry(`${index}`)),
      "TooManyEntriesInBatchRequestException",
    ],
    ["with the same id twice", [entry("a"), entry("a")], "BatchEntryIdsNotDistinctException"],
    ["with an id of other characters", [entry("a b")], "InvalidBatchEntryIdException"],
    [
      "of more than 256 KiB in all",
      some(2, (index) => entry(`${index}`, "x".repeat(snsBytes / 2 + 1))),
      "BatchRequestTooLongException",
    ],
  ])("refuses a batch %s", async (_what, entries, name) => {
    await expect(publishBatch(entries)).rejects.toMatchObject({ name });
  });

  it("counts the attributes of a batch too", async () => {
    const attributed = some(2, (index) => ({
      ...entry(`${index}`, "x".repeat(snsBytes / 2 - 100)),
      MessageAttributes: { kind: { DataType: "String", StringValue: "y".repeat(100) } },
    }));
    await expect(publishBatch(attributed)).rejects.toMatchObject({
      name: "BatchRequestTooLongException",
    });
  });
});

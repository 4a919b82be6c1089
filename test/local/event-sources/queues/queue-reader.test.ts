import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createQueueReader } from "../../../../local/event-sources/queues/queue-reader.ts";
import { type Messaging, startMessaging } from "../../../support/emulated-messaging.ts";

describe("a queue whose messages are delayed", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  it("delivers messages without a delay at once, and delayed ones to a waiting reader when they are due", async () => {
    const { url } = await messaging.makeQueue("delayed");
    const { receive, remove } = createQueueReader(messaging.sqs, url, new AbortController().signal);
    const sentAt = Date.now();
    const Entries = [0, 1, 2].map((DelaySeconds) => ({
      Id: String(DelaySeconds),
      MessageBody: String(DelaySeconds),
      DelaySeconds,
    }));
    await messaging.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    for (const delay of [0, 1, 2]) {
      const messages = await receive(10, 5);
      const waited = (Date.now() - sentAt) / 1000;
      expect(messages.map(({ Body }) => Body)).toEqual([String(delay)]);
      expect(waited).toBeGreaterThanOrEqual(delay);
      expect(waited).toBeLessThan(delay + 0.9);
      await remove(messages.map(({ ReceiptHandle = "" }) => ReceiptHandle));
    }
  });
});

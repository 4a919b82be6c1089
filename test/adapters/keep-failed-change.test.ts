import { randomUUID } from "node:crypto";
import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKeepFailedChange } from "../../lambda/adapters/keep-failed-change.ts";
import { testNow } from "../support/api-event.ts";
import { awsError, startAwsServer } from "../support/aws-server.ts";
import { registered } from "../support/build-event.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { statusAfter } from "../support/status-after.ts";
import { streamRecord } from "../support/status-stream-record.ts";
import { drainQueue } from "../support/subscribed-queue.ts";

const now = () => testNow / 1000;

describe("keeping a failed change", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  it("sends the whole record with the reason, whatever its text", async () => {
    const { url: queue } = await messaging.makeQueue(randomUUID());
    const record = streamRecord("100", statusAfter(registered({ thisDN: "70\uffff01 é" })));
    await createKeepFailedChange(messaging.sqs, queue, now)(record, "SNS: InvalidParameter");
    const [body = "", ...more] = await drainQueue(messaging.sqs, queue);
    expect(more).toEqual([]);
    expect(body).not.toMatch(/[\ufffe\uffff]/);
    expect(JSON.parse(body)).toEqual({
      failedAt: "2026-11-20T03:00:00.123Z",
      detail: "SNS: InvalidParameter",
      record,
    });
  });

  it("throws when SQS does not accept it", async () => {
    const { config } = await startAwsServer(() => awsError("InvalidMessageContents"));
    const url = `${config.endpoint}/0/queue`;
    const keepFailedChange = createKeepFailedChange(new SQSClient(config), url, now);
    await expect(keepFailedChange({}, "")).rejects.toThrow("The message of AWS");
  });
});

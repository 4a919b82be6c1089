import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followTopic } from "../../commands/alerts/follow-topic.ts";
import { listSubscriptions } from "../../commands/subscribe/list-subscriptions.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

describe("followTopic", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  it("prints each alert until it is ended, and removes its queue and subscription", async () => {
    const alerts = await messaging.makeTopic("alerts");
    const { connection } = messaging;
    const sqs = { ...connection, useQueueUrlAsEndpoint: false };
    const connections = {
      dynamodb: {},
      sns: connection,
      sqs,
      secretsManager: {},
      s3: {},
      lambda: {},
    };
    const topics = { changes: "c", alerts, alertTexts: "t", operations: "o" };
    const controller = new AbortController();
    const recording = createRecordingTerminal();
    const terminal = {
      ...recording,
      note: (line: string) => {
        recording.note(line);
        const data = { severity: "critical", kind: "dn", title: "lost" };
        const alert = { type: "alert.opened", time: "2026-11-18T02:58:03Z", data };
        if (line.startsWith("listening")) void messaging.publish(alerts, alert);
      },
      printText: (line: string) => {
        recording.printText(line);
        setTimeout(() => controller.abort(), 50);
      },
    };
    await followTopic({ connections, topics, prefix: "x" }, terminal, controller.signal);
    expect(recording.printed).toEqual([
      "2026-11-18T02:58:03Z  opened        critical  dn      lost",
    ]);
    expect(await listSubscriptions(messaging.sns, alerts)).toEqual([]);
    expect((await messaging.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  });
});

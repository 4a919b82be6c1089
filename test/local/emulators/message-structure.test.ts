import { PublishBatchCommand, PublishCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSnsNotification } from "../../../local/subscriptions/sns-notification.ts";
import { type Messaging, startMessaging } from "../../support/emulated-messaging.ts";
import { drainQueue, subscribeQueue } from "../../support/subscribed-queue.ts";

let messaging: Messaging;
beforeAll(async () => {
  messaging = await startMessaging();
});
afterAll(() => messaging.stop());

it("a queue gets the default of what SNS has for each protocol, and every other message as it is", async () => {
  const TopicArn = await messaging.makeTopic("structures");
  const queueUrl = await subscribeQueue(messaging, TopicArn);
  const Message = JSON.stringify({ default: "for all", sms: "short" });
  const given = { Message, MessageStructure: "json" };
  await messaging.sns.send(new PublishCommand({ TopicArn, ...given }));
  await messaging.sns.send(
    new PublishBatchCommand({
      TopicArn,
      PublishBatchRequestEntries: [
        { Id: "1", ...given },
        { Id: "2", Message },
        { Id: "3", Message: "no JSON", MessageStructure: "json" },
      ],
    }),
  );
  const notifications = await drainQueue(messaging.sqs, queueUrl);
  const received = notifications.map((body) => readSnsNotification(body).Message);
  expect(received).toEqual(["for all", "for all", Message, "no JSON"]);
});

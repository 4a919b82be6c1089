import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPublish } from "../../lambda/adapters/publish.ts";
import { toAlertMessage, toAlertText } from "../../lambda/domain/message/alert-message.ts";
import { toChangeMessage } from "../../lambda/domain/message/change-message.ts";
import type { OutgoingMessage } from "../../lambda/domain/message/outgoing-message.ts";
import { messageSettings, withoutRunbook } from "../support/alert-texts.ts";
import { buildAlert, buildResolvedAlert } from "../support/build-alert.ts";
import { registered, unregistered } from "../support/build-event.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { statusAfter } from "../support/status-after.ts";
import { drainQueue, subscribeQueue } from "../support/subscribed-queue.ts";

const NotificationSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    Subject: v.string(),
    Message: v.pipe(v.string(), v.parseJson(), v.unknown()),
    MessageAttributes: v.record(v.string(), v.object({ Type: v.string(), Value: v.string() })),
  }),
);
const read = (bodies: readonly string[]) => bodies.map((body) => v.parse(NotificationSchema, body));

const change = (changes: Parameters<typeof registered>[0] = {}): OutgoingMessage =>
  toChangeMessage(undefined, statusAfter(registered(changes)));

describe("publishing to SNS", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  const createTopics = async () => {
    const topics = {
      changes: await messaging.makeTopic(randomUUID()),
      alerts: await messaging.makeTopic(randomUUID()),
      alertTexts: await messaging.makeTopic(randomUUID()),
    };
    return { ...topics, publish: createPublish(messaging.sns, topics) };
  };

  it("sends the event, its subject and its attributes, and leaves out what is absent", async () => {
    const { changes, publish } = await createTopics();
    const queue = await subscribeQueue(messaging, changes);
    const message = change({ thisDN: "7001 é", customerID: "Resources" });
    expect(await publish("changes", [message])).toEqual([{ kind: "published" }]);
    const [notification] = read(await drainQueue(messaging.sqs, queue));
    expect(notification).toMatchObject({
      Subject: "DN 7001 ? on SIPTS750 is registered: bridge-a",
      Message: message.event,
    });
    expect(notification?.MessageAttributes).toEqual({
      type: { Type: "String", Value: "registration.registered" },
      server: { Type: "String", Value: "SIPTS750" },
      application: { Type: "String", Value: "bridge-a" },
      thisDN: { Type: "String", Value: "7001 é" },
      customerID: { Type: "String", Value: "Resources" },
    });
  });

  it("sends alerts to their topic", async () => {
    const { changes, alerts, publish } = await createTopics();
    const queues = [
      await subscribeQueue(messaging, changes),
      await subscribeQueue(messaging, alerts),
    ];
    const alert = toAlertMessage(buildAlert(), messageSettings);
    await publish("alerts", [alert]);
    const [onChanges, onAlerts] = await Promise.all(
      queues.map((queue) => drainQueue(messaging.sqs, queue)),
    );
    expect(onChanges).toEqual([]);
    expect(read(onAlerts ?? [])).toMatchObject([
      {
        Message: { type: "alert.opened" },
        MessageAttributes: { kind: { Value: "dn" }, severity: { Value: "critical" } },
      },
    ]);
  });

  it("sends texts of alerts to theirs, with the attributes of the alert", async () => {
    const { alertTexts, publish } = await createTopics();
    const queue = await subscribeQueue(messaging, alertTexts, { severity: ["critical"] });
    const alert = toAlertMessage(buildAlert(), messageSettings);
    const text = toAlertText(buildAlert(), alert, messageSettings);
    expect(await publish("alertTexts", [text])).toEqual([{ kind: "published" }]);
    const [body = ""] = await drainQueue(messaging.sqs, queue);
    expect(JSON.parse(body)).toMatchObject({
      Subject: alert.subject,
      Message: text.text,
      MessageAttributes: { kind: { Value: "dn" }, server: { Value: "SIPTS750" } },
    });
  });

  it("sends attributes that filter policies match", async () => {
    const { changes, publish } = await createTopics();
    const policies = [
      { type: ["registration.unregistered"], verdict: ["unexpected"] },
      { server: [{ prefix: "SIPTS" }], customerID: [{ exists: false }] },
      { application: ["bridge-b"], thisDN: ["7003"] },
    ];
    const queues = await Promise.all(
      policies.map((one) => subscribeQueue(messaging, changes, one)),
    );
    await publish("changes", [
      change(),
      toChangeMessage(undefined, statusAfter(unregistered({ thisDN: "7002" }))),
      change({ thisDN: "7003", application: "bridge-b", customerID: "Resources" }),
    ]);
    const subjects = await Promise.all(
      queues.map(async (queue) =>
        read(await drainQueue(messaging.sqs, queue)).map((one) => one.Subject.slice(0, 7)),
      ),
    );
    expect(subjects.map((some) => some.toSorted((a, b) => a.localeCompare(b)))).toEqual([
      ["DN 7002"],
      ["DN 7001", "DN 7002"],
      ["DN 7003"],
    ]);
  });

  // The emulator's filter policies do not look into lists, so this test checks what is sent to SNS.
  it("sends several values as a list, as filter policies of SNS expect it", async () => {
    const { alerts, publish } = await createTopics();
    const queue = await subscribeQueue(messaging, alerts);
    const changes = { toldSeverities: ["warning" as const], customers: ["acme", 'glo"bex'] };
    await publish("alerts", [toAlertMessage(buildResolvedAlert(changes), withoutRunbook)]);
    const [notification] = read(await drainQueue(messaging.sqs, queue));
    expect(notification?.MessageAttributes).toMatchObject({
      kind: { Type: "String", Value: "dn" },
      severity: { Type: "String.Array", Value: '["warning","critical"]' },
      customerID: { Type: "String.Array", Value: '["acme","glo\\"bex"]' },
    });
  });

  it("sends ten messages in one call", async () => {
    const { changes, publish } = await createTopics();
    const queue = await subscribeQueue(messaging, changes);
    const ten = Array.from({ length: 10 }, (_, index) => change({ thisDN: String(7000 + index) }));
    expect(await publish("changes", ten)).toEqual(ten.map(() => ({ kind: "published" })));
    expect(await drainQueue(messaging.sqs, queue)).toHaveLength(10);
  });

  it("sends messages one by one that are too long for one call", async () => {
    const { changes, publish } = await createTopics();
    const queue = await subscribeQueue(messaging, changes);
    const long = [1, 2, 3].map((number) => {
      const { event, ...rest } = change();
      return { ...rest, event: { ...event, data: { number, text: "x".repeat(100_000) } } };
    });
    expect(await publish("changes", long)).toEqual(long.map(() => ({ kind: "published" })));
    expect(await drainQueue(messaging.sqs, queue)).toHaveLength(3);
  });

  it("throws when the topic does not exist", async () => {
    const none = "arn:aws:sns:us-east-1:000000000000:none";
    const publish = createPublish(messaging.sns, { changes: none, alerts: none, alertTexts: none });
    await expect(publish("changes", [change()])).rejects.toThrow();
    // While a stage's data stack is an older one, alerts go on without texts.
    const message = toAlertMessage(buildAlert(), messageSettings);
    const text = toAlertText(buildAlert(), message, messageSettings);
    expect(await publish("alertTexts", [text])).toMatchObject([{ kind: "refused" }]);
  });
});

import { GetSubscriptionAttributesCommand } from "@aws-sdk/client-sns";
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseArn } from "../../commands/queues/queue-address.ts";
import { noteJsonSubscription } from "../../commands/subscribe/json-subscription.ts";
import { listSubscriptions } from "../../commands/subscribe/list-subscriptions.ts";
import { addTopicStatement } from "../../commands/subscribe/queue-permission.ts";
import { type SubscribeWish, subscribeTo } from "../../commands/subscribe/subscribe-to.ts";
import { readSubscriber } from "../../commands/subscribe/subscriber.ts";
import { subscribeTemporarily } from "../../commands/subscribe/temporary-subscription.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

describe("subscribe", () => {
  let messaging: Messaging;
  let topicArn: string;
  beforeAll(async () => {
    messaging = await startMessaging();
    topicArn = await messaging.makeTopic("dn-registration-x-changes");
  });
  afterAll(() => messaging.stop());

  const wish = (sqs: string, filterPolicy?: string): SubscribeWish => ({
    subscriber: readSubscriber({ sqs }),
    filterPolicy,
    rawDelivery: true,
  });
  const run = async (asked: SubscribeWish, operationsTopicArn?: string) => {
    const terminal = createRecordingTerminal();
    await subscribeTo({ clients: messaging, terminal, topicArn, operationsTopicArn }, asked);
    return terminal;
  };
  const attributesFor = async (endpoint: string) => {
    const found = (await listSubscriptions(messaging.sns, topicArn)).filter(
      (each) => each.endpoint === endpoint,
    );
    expect(found).toHaveLength(1);
    const command = new GetSubscriptionAttributesCommand({ SubscriptionArn: found[0]?.arn });
    return (await messaging.sns.send(command)).Attributes ?? {};
  };

  it("delivers what the filter lets through, with dead letters and policy set", async () => {
    const queue = await messaging.makeQueue("crm");
    const { printed } = await run(wish(queue.arn, '{"server":["A"]}'));
    expect(printed).toEqual([`subscribed ${queue.arn}`]);
    await messaging.publish(topicArn, { n: 1 }, "A");
    await messaging.publish(topicArn, { n: 2 }, "B");
    expect(await messaging.bodiesIn(queue.url)).toEqual(['{"n":1}']);
    const { RedrivePolicy = "{}" } = await attributesFor(queue.arn);
    const deadLetters = parseArn(JSON.parse(RedrivePolicy).deadLetterTargetArn, "sqs");
    expect(deadLetters?.name).toMatch(/^dn-registration-x-changes-undelivered-[0-9a-f]{8}$/);
    const { url } = await messaging.makeQueue(deadLetters?.name ?? "");
    expect(await messaging.attributesOf(url)).toMatchObject({ MessageRetentionPeriod: "1209600" });
    for (const queueUrl of [queue.url, url])
      expect((await messaging.attributesOf(queueUrl))["Policy"]).toContain(topicArn);
  });

  it("may be repeated, and then brings the filter to what is said", async () => {
    const queue = await messaging.makeQueue("again");
    await run(wish(queue.arn, '{"server":["A"]}'));
    const policy = (await messaging.attributesOf(queue.url))["Policy"];
    const { printed, noted } = await run(wish(queue.arn, '{"server":["B"]}'));
    expect(printed[0]).toContain("was subscribed already");
    expect(noted).toContain("the queue's policy lets the topic send already");
    expect((await messaging.attributesOf(queue.url))["Policy"]).toBe(policy);
    expect((await attributesFor(queue.arn))["FilterPolicy"]).toBe('{"server":["B"]}');
    await run(wish(queue.arn));
    expect((await attributesFor(queue.arn))["FilterPolicy"]).toBe("{}");
  });

  it("says what the owner of a queue in another account has to do, and touches no queue", async () => {
    const arn = "arn:aws:sqs:us-east-1:123456789012:theirs";
    const { printed, noted } = await run(wish(arn));
    expect(noted[0]).toContain("the queue belongs to account 123456789012 in us-east-1");
    expect(JSON.parse(printed[0] ?? "")).toMatchObject({ Statement: [{ Resource: arn }] });
  });

  it("asks for the queue to be made first", async () => {
    const attempt = run(wish("arn:aws:sqs:us-east-1:000000000000:nowhere"));
    await expect(attempt).rejects.toThrow("there is no queue");
  });

  it("warns of a queue whose encryption SNS cannot use, and tells a stage of the missing alarm", async () => {
    const queue = await messaging.makeQueue("encrypted");
    const Attributes = { KmsMasterKeyId: "alias/aws/sqs" };
    await messaging.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
    const { noted } = await run(wish(queue.arn), "arn:aws:sns:us-east-1:000000000000:operations");
    expect(noted.join()).toContain("alias/aws/sqs, which SNS cannot use");
    expect(noted.join()).toContain("aws cloudwatch put-metric-alarm");
  });

  it("subscribes an address", async () => {
    const subscriber = readSubscriber({ email: "ops@example.org" });
    await run({ subscriber, filterPolicy: undefined, rawDelivery: false });
    expect(await attributesFor("ops@example.org")).toMatchObject({ Protocol: "email" });
  });

  it("subscribes a number", async () => {
    const subscriber = readSubscriber({ sms: "+4915112345678" });
    await run({ subscriber, filterPolicy: '{"server":["A"]}', rawDelivery: false });
    expect(await attributesFor("+4915112345678")).toMatchObject({
      Protocol: "sms",
      FilterPolicy: '{"server":["A"]}',
      RedrivePolicy: expect.stringContaining("-undelivered-"),
    });
  });

  it("says how a person who also gets alerts as JSON ends that, and to others nothing", async () => {
    const noteFor = async (given: Parameters<typeof readSubscriber>[0]) => {
      const terminal = createRecordingTerminal();
      const subscriber = readSubscriber(given);
      await noteJsonSubscription(messaging.sns, topicArn, { subscriber, terminal });
      return terminal.noted;
    };
    await run({
      subscriber: readSubscriber({ email: "old@example.org" }),
      filterPolicy: undefined,
      rawDelivery: false,
    });
    const [arn] = (await listSubscriptions(messaging.sns, topicArn))
      .filter(({ endpoint }) => endpoint === "old@example.org")
      .map((one) => one.arn);
    expect(await noteFor({ email: "old@example.org" })).toEqual([
      "old@example.org also gets alerts as JSON, from the topic for programs. To end that:",
      `  aws sns unsubscribe --subscription-arn ${arn}`,
    ]);
    expect(await noteFor({ email: "new@example.org" })).toEqual([]);
    expect(await noteFor({ sqs: "arn:aws:sqs:eu-west-1:123456789012:crm" })).toEqual([]);
  });

  it("removes a temporary queue with its subscriptions", async () => {
    const before = await listSubscriptions(messaging.sns, topicArn);
    const temporary = await subscribeTemporarily(messaging, [topicArn], "dn-registration-x-alerts");
    await messaging.publish(topicArn, { n: 3 });
    expect(await messaging.bodiesIn(temporary.queueUrl)).toEqual(['{"n":3}']);
    await temporary.remove();
    expect(await listSubscriptions(messaging.sns, topicArn)).toEqual(before);
    await expect(messaging.attributesOf(temporary.queueUrl)).rejects.toThrow();
  });
});

describe("addTopicStatement", () => {
  const other = { Sid: "Other", Effect: "Allow" };
  const policy = (Statement: unknown) => JSON.stringify({ Version: "2012-10-17", Statement });

  it.each([
    ["no policy", undefined, 1],
    ["other statements", policy([other]), 2],
    ["a single statement without a list", policy(other), 2],
  ])("adds to %s", (_, before, count) => {
    const after = addTopicStatement(before, "topic", "queue") ?? "";
    expect(JSON.parse(after).Statement).toHaveLength(count);
    expect(addTopicStatement(after, "topic", "queue")).toBeUndefined();
  });

  it("does not write over a policy that it cannot read", () => {
    expect(() => addTopicStatement("oops", "topic", "queue")).toThrow("correct it first");
  });
});

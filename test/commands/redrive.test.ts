import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HandToFanout } from "../../commands/redrive/hand-to-fanout.ts";
import { redrivenLine } from "../../commands/redrive/redrive-context.ts";
import { redriveEvaluations } from "../../commands/redrive/redrive-evaluations.ts";
import { redriveFailedChanges } from "../../commands/redrive/redrive-failed-changes.ts";
import {
  readInvocationRecord,
  redriveStreamBatches,
} from "../../commands/redrive/redrive-stream-batches.ts";
import { redriveSubscriptions } from "../../commands/redrive/redrive-subscriptions.ts";
import {
  makeDeadLetterQueue,
  undeliveredQueueName,
} from "../../commands/subscribe/subscription-dead-letters.ts";
import { type Messaging, startMessaging } from "../support/emulated-messaging.ts";
import { createRecordingTerminal } from "../support/recording-terminal.ts";

const record = (sequenceNumber: string) => ({ dynamodb: { SequenceNumber: sequenceNumber } });
const failed = (sequenceNumber: string) => ({
  failedAt: "",
  detail: "",
  record: record(sequenceNumber),
});

describe("redrive", () => {
  let messaging: Messaging;
  beforeAll(async () => {
    messaging = await startMessaging();
  });
  afterAll(() => messaging.stop());

  const start = (isBad: (text: string) => boolean = () => false) => {
    const handed: string[] = [];
    const terminal = createRecordingTerminal();
    const handToFanout: HandToFanout = async (records) => {
      const text = JSON.stringify(records);
      if (isBad(text)) return { kind: "failed", why: "fanout could not publish them" };
      handed.push(text);
      return { kind: "taken" };
    };
    return { handed, terminal, context: { handToFanout, terminal } };
  };

  it("hands refused changes over in the stream's order", async () => {
    const { url } = await messaging.makeQueue("changes-order");
    for (const number of ["1000", "999", "99900000000000000000001"])
      await messaging.put(url, failed(number));
    const { handed, context } = start();
    expect(await redriveFailedChanges(messaging.sqs, url, context)).toEqual({ back: 3, stay: 0 });
    expect(handed).toEqual([
      JSON.stringify([record("999"), record("1000"), record("99900000000000000000001")]),
    ]);
    expect(await messaging.bodiesIn(url)).toEqual([]);
  });

  it("lets one bad change, or a message that is none, keep no other back", async () => {
    const { url } = await messaging.makeQueue("changes-bad");
    for (const number of ["1", "666", "3"]) await messaging.put(url, failed(number));
    await messaging.put(url, "oops");
    const { context, terminal } = start((text) => text.includes("666"));
    expect(await redriveFailedChanges(messaging.sqs, url, context)).toEqual({ back: 2, stay: 2 });
    expect(terminal.noted).toContain("666: fanout could not publish them");
    expect(await messaging.bodiesIn(url)).toHaveLength(2);
  });

  it("hands stream batches over and deletes those that were taken", async () => {
    const { s3 } = messaging;
    await s3.send(new CreateBucketCommand({ Bucket: "batches" }));
    const objects = {
      a: JSON.stringify({ payload: JSON.stringify({ Records: [record("1")] }) }),
      b: JSON.stringify({ payload: { Records: [record("666")] } }),
      c: "oops",
    };
    for (const [Key, Body] of Object.entries(objects))
      await s3.send(new PutObjectCommand({ Bucket: "batches", Key, Body }));
    const { context, terminal } = start((text) => text.includes("666"));
    expect(await redriveStreamBatches(s3, "batches", context)).toEqual({ back: 1, stay: 2 });
    expect(terminal.noted).toEqual([
      "b: fanout could not publish them",
      "c: is no invocation record with a payload",
    ]);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: "batches" }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(["b", "c"]);
  });

  it("takes dead letters of the evaluator back into its queue, whole", async () => {
    const evaluation = await messaging.makeQueue("evaluation");
    const deadLetters = await messaging.makeQueue("evaluation-dead");
    const bodies = ['{"kind":"release","server":"A"}', '{"kind":"release","server":"B"}'];
    for (const body of bodies) await messaging.put(deadLetters.url, body);
    const queues = { evaluation: evaluation.url, evaluationDeadLetters: deadLetters.url };
    expect(await redriveEvaluations(messaging.sqs, queues)).toEqual({ back: 2, stay: 0 });
    expect(await messaging.bodiesIn(evaluation.url)).toEqual(bodies);
    expect(await messaging.bodiesIn(deadLetters.url)).toEqual([]);
  });

  it("keeps dead letters of the evaluator that its queue does not take", async () => {
    const deadLetters = await messaging.makeQueue("evaluation-kept");
    await messaging.put(deadLetters.url, "kept");
    const evaluation = deadLetters.url.replace("evaluation-kept", "nowhere");
    const queues = { evaluation, evaluationDeadLetters: deadLetters.url };
    await expect(redriveEvaluations(messaging.sqs, queues)).rejects.toThrow();
    expect(await messaging.bodiesIn(deadLetters.url)).toEqual(["kept"]);
  });

  it("reads the payload as text and as an object", () => {
    const Records = [record("1")];
    expect(readInvocationRecord(JSON.stringify({ payload: { Records } }))).toEqual(Records);
    expect(readInvocationRecord(JSON.stringify({ payload: JSON.stringify({ Records }) }))).toEqual(
      Records,
    );
    expect(readInvocationRecord("{}")).toBeUndefined();
  });

  it("moves dead letters of subscriptions to the subscriber's queue, and no other's", async () => {
    const { sns, sqs } = messaging;
    const changes = await messaging.makeTopic("changes");
    const alerts = await messaging.makeTopic("alerts");
    const queue = await messaging.makeQueue("crm");
    const subscribe = async (protocol: string, endpoint: string, deadLetterTargetArn: string) => {
      const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) };
      await sns.send(
        new SubscribeCommand({
          TopicArn: changes,
          Protocol: protocol,
          Endpoint: endpoint,
          Attributes,
        }),
      );
    };
    const deadLetters = async (endpoint: string) => {
      const name = undeliveredQueueName("changes", endpoint);
      await makeDeadLetterQueue(sqs, name, changes);
      return messaging.makeQueue(name);
    };
    const ours = await deadLetters(queue.arn);
    const mail = await deadLetters("a@b.c");
    const theirs = await messaging.makeQueue("their-own");
    await subscribe("sqs", queue.arn, ours.arn);
    await subscribe("email", "a@b.c", mail.arn);
    await subscribe("sqs", (await messaging.makeQueue("other")).arn, theirs.arn);
    for (const { url } of [ours, mail, theirs]) await messaging.put(url, "lost");
    const { terminal } = start();
    const moved = await redriveSubscriptions({ sns, sqs }, { changes, alerts }, terminal);
    expect(moved).toEqual({ back: 1, stay: 1 });
    expect(await messaging.bodiesIn(queue.url)).toEqual(["lost"]);
    expect(await messaging.bodiesIn(ours.url)).toEqual([]);
    expect(await messaging.bodiesIn(theirs.url)).toEqual(["lost"]);
    expect(terminal.noted.join()).toContain("what email did not take cannot be sent again");
  });

  it.each([
    [{ back: 0, stay: 0 }, "x: none"],
    [{ back: 2, stay: 1 }, "x: 2 back in their way, 1 stay"],
  ])("says counts %#", (redriven, line) => {
    expect(redrivenLine("x", redriven)).toBe(line);
  });
});

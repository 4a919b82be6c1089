import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeTinyAssembly } from "./tiny-assembly.ts";

const nothing = "export const handler = async () => null;";
// Reports the messages that ask for it as failed, and throws where a message asks for that.
const worker = `export const handler = async ({ Records }) => {
  console.log("batch " + JSON.stringify(Records));
  const bodies = Records.map(({ body }) => JSON.parse(body));
  if (bodies.some((body) => body.throws)) throw new Error("broken");
  const failed = Records.filter((_record, index) => bodies[index].fails);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;
// Fails at the first invocation.
const listener = `let calls = 0;
export const handler = async (event) => {
  calls += 1;
  if (calls === 1) throw new Error("not yet");
  console.log("received " + JSON.stringify(event));
};`;
const clockwork =
  'export const handler = async (event) => console.log("scheduled " + JSON.stringify(event));';

const ref = (logicalId: string) => ({ Ref: logicalId });
const arn = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });
const topic = { "Fn::Sub": `arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:tiny-alerts` };
const subscription = (Protocol: string, Endpoint: unknown, more: object = {}) => ({
  Type: "AWS::SNS::Subscription",
  Properties: { TopicArn: topic, Protocol, Endpoint, ...more },
});
const schedule = (Target: object, more: object = {}) => ({
  Type: "AWS::Scheduler::Schedule",
  Properties: {
    ScheduleExpression: "rate(1 minute)",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: { RoleArn: "arn:aws:iam::000000000000:role/any", ...Target },
    ...more,
  },
});
const rule = (more: object) => ({ Type: "AWS::Events::Rule", Properties: more });
const queue = (more: object = {}) => ({ Type: "AWS::SQS::Queue", Properties: more });

/** The parts of the assembly that a test chooses. */
export type TriggerAssembly = {
  /** An HTTP endpoint that subscribes to the alert topic. */
  readonly webhook: string;
  /** When the schedules at() fire: `yyyy-mm-ddThh:mm:ss`, UTC. */
  readonly at: string;
};

const queues = {
  Dead: queue({ QueueName: "tiny-dead" }),
  Undelivered: queue({ QueueName: "tiny-undelivered" }),
  Timetable: queue({ QueueName: "tiny-timetable" }),
  Work: queue({
    QueueName: "tiny-work",
    VisibilityTimeout: 2,
    RedrivePolicy: { deadLetterTargetArn: arn("Dead"), maxReceiveCount: 2 },
  }),
  Elsewhere: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: {
      EventSourceArn: "arn:aws:sqs:us-east-1:111111111111:another",
      FunctionName: ref("workerFunction"),
    },
  },
  WorkMapping: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: {
      EventSourceArn: arn("Work"),
      FunctionName: ref("workerFunction"),
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["work"]}}' }] },
      ScalingConfig: { MaximumConcurrency: 2 },
      ProvisionedPollerConfig: { MinimumPollers: 2 },
    },
  },
};

const subscriptions = (webhook: string) => ({
  Listener: subscription("lambda", arn("listenerFunction"), {
    FilterPolicy: { severity: ["major"] },
  }),
  Webhook: subscription("http", webhook, {
    FilterPolicy: { kind: ["web"] },
    FilterPolicyScope: "MessageBody",
    RedrivePolicy: { deadLetterTargetArn: arn("Undelivered") },
    DeliveryPolicy: {},
  }),
  Outside: subscription("https", "https://example.com/hook"),
  Text: subscription("sms", "+1555"),
  Loud: {
    Type: "AWS::SNS::Topic",
    Properties: { Subscription: [{ Protocol: "email-json", Endpoint: "a@example.com" }] },
  },
});

const schedules = (at: string) => ({
  Once: schedule(
    { Arn: arn("clockworkFunction"), Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    { Name: "once", ScheduleExpression: `at(${at})` },
  ),
  OnceQueued: schedule(
    { Arn: arn("Timetable"), Input: "now" },
    { ScheduleExpression: `at(${at})` },
  ),
  Off: schedule({ Arn: arn("clockworkFunction") }, { State: "DISABLED" }),
  Odd: schedule({ Arn: arn("clockworkFunction") }, { ScheduleExpression: "cron(0 8 * * * *)" }),
  Universal: schedule({ Arn: "arn:aws:scheduler:::aws-sdk:ec2:stopInstances" }),
  Minute: rule({
    Name: "minute",
    ScheduleExpression: "rate(1 minute)",
    Targets: [
      { Id: "plain", Arn: arn("clockworkFunction") },
      { Id: "input", Arn: arn("Timetable"), Input: "tock" },
      { Id: "made", Arn: arn("clockworkFunction"), InputPath: "$.time" },
    ],
  }),
  OnEvents: rule({ EventPattern: { source: ["aws.ec2"] }, Targets: [] }),
});

/** Writes an assembly with a queue for a function, subscriptions of a function and of an HTTP endpoint, and schedules. */
export const writeTriggerAssembly = ({ webhook, at }: TriggerAssembly): string => {
  const directory = mkdtempSync(join(tmpdir(), "moving-"));
  const functions = { worker, listener, clockwork };
  const resources = { ...queues, ...subscriptions(webhook), ...schedules(at) };
  return writeTinyAssembly(
    directory,
    { api: nothing, stream: nothing },
    {},
    { functions, resources },
  );
};

import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { CommandError } from "../bridge/terminal/command-error.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import { readFilterPolicy, type TopicName } from "./subscribe/filter-policy.ts";
import { noteJsonSubscription } from "./subscribe/json-subscription.ts";
import { subscribeTo } from "./subscribe/subscribe-to.ts";
import { readSubscriber } from "./subscribe/subscriber.ts";

const usage = `npm run subscribe -- --topic TOPIC --sqs ARN|--email ADDRESS|--sms NUMBER
  Subscribes a queue, or a person, with a queue for what cannot be delivered
  (npm run redrive). Running it again is harmless, and sets filter and delivery
  to what this call gives.

  --topic TOPIC   changes (of registrations), alerts (about DNs, T-Servers and
                  bridges), or operations (alarms of the stack itself). A queue
                  gets alerts as JSON, a person as text
  --sms NUMBER    of alerts the titles alone: +4915112345678
  --filter JSON   only some messages, by their attributes:
                  {"server":["SIPTS750"]}
  --raw           a queue gets the message alone, without SNS's envelope;
                  filters work either way
  --stage NAME    a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  topic: { type: "string" },
  sqs: { type: "string" },
  email: { type: "string" },
  sms: { type: "string" },
  filter: { type: "string" },
  raw: { type: "boolean" },
} as const;

const readTopic = (topic: string | undefined): TopicName => {
  if (topic === "changes" || topic === "alerts" || topic === "operations") return topic;
  throw new UsageError("--topic: give changes, alerts or operations");
};

/** Subscribes a queue, an address or a number to one of the stack's topics. */
const subscribe: Command = async ({ args, terminal }) => {
  const values = parseOptions(args, options);
  const topic = readTopic(values.topic);
  const subscriber = readSubscriber(values);
  if (topic === "changes" && subscriber.protocol === "sms")
    throw new UsageError("--sms: changes are for programs; give --topic alerts or operations");
  const filter = values.filter === undefined ? undefined : readFilterPolicy(topic, values.filter);
  for (const warning of filter?.warnings ?? []) terminal.note(`warning: ${warning}`);
  const { connections, title, topics, local } = await findStack(values.stage);
  if (local !== undefined && subscriber.protocol !== "sqs")
    terminal.note("warning: the local stack sends no e-mail and no SMS");
  if (local !== undefined && topic === "operations")
    terminal.note("warning: the local stack fires no alarms");
  const clients = { sns: new SNSClient(connections.sns), sqs: new SQSClient(connections.sqs) };
  const isForPeople = topic === "alerts" && subscriber.protocol !== "sqs";
  const topicArn = isForPeople ? topics.alertTexts : topics[topic];
  if (topicArn === undefined)
    throw new CommandError(`${title} has no texts of alerts for people: deploy this version first`);
  if (isForPeople) await noteJsonSubscription(clients.sns, topics.alerts, { subscriber, terminal });
  await subscribeTo(
    {
      clients,
      terminal,
      topicArn,
      operationsTopicArn: local === undefined ? topics.operations : undefined,
    },
    { subscriber, filterPolicy: filter?.text, rawDelivery: values.raw ?? false },
  );
  return 0;
};

if (import.meta.main) await runCommand(usage, subscribe);

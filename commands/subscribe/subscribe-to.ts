import { CommandError } from "../../bridge/terminal/command-error.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { findQueueUrl, parseArn, type QueueAddress } from "../queues/queue-address.ts";
import { alarmCommand } from "./alarm-command.ts";
import { type Ensured, ensureSubscription } from "./ensure-subscription.ts";
import { permitTopic } from "./queue-permission.ts";
import type { Subscriber } from "./subscriber.ts";
import { makeDeadLetterQueue, undeliveredQueueName } from "./subscription-dead-letters.ts";
import type { MessagingClients } from "./temporary-subscription.ts";
import { letTopicSend, policyText } from "./topic-policy.ts";

/** What subscribing works with. */
export type SubscribeContext = {
  readonly clients: MessagingClients;
  readonly terminal: Terminal;
  readonly topicArn: string;
  /** Where alarms go; undefined where nothing watches queues. */
  readonly operationsTopicArn: string | undefined;
};

/** What the person asked for. */
export type SubscribeWish = {
  readonly subscriber: Subscriber;
  readonly filterPolicy: string | undefined;
  readonly rawDelivery: boolean;
};

const parseTopic = (topicArn: string): QueueAddress => {
  const topic = parseArn(topicArn, "sns");
  if (topic === undefined) throw new CommandError(`${topicArn} is not a topic's ARN`);
  return topic;
};

const findQueue = async (queue: QueueAddress, { sqs }: MessagingClients): Promise<string> => {
  try {
    return await findQueueUrl(sqs, queue);
  } catch (error) {
    if (error instanceof Error && /NonExistent|DoesNotExist/.test(error.name))
      throw new CommandError(`there is no queue ${queue.arn}: create it first`, { cause: error });
    throw error;
  }
};

// A queue elsewhere: only its owner can let the topic send to it.
const sayWhatTheOwnerDoes = (
  queue: QueueAddress,
  { terminal, topicArn }: SubscribeContext,
): void => {
  terminal.note(
    `the queue belongs to account ${queue.account} in ${queue.region}: its owner has to add this statement to its policy`,
  );
  terminal.print(policyText([letTopicSend(topicArn, queue.arn)]));
  terminal.note(
    "then run this command again: SNS puts a message with a SubscribeURL into the queue, and the owner opens that URL",
  );
};

const permit = async (queue: QueueAddress, context: SubscribeContext): Promise<void> => {
  const { account, region } = parseTopic(context.topicArn);
  if (queue.account !== account || queue.region !== region) {
    sayWhatTheOwnerDoes(queue, context);
    return;
  }
  const queueUrl = await findQueue(queue, context.clients);
  const arns = { topicArn: context.topicArn, queueArn: queue.arn };
  const { changed, warnings } = await permitTopic(context.clients.sqs, queueUrl, arns);
  for (const warning of warnings) context.terminal.note(`warning: ${warning}`);
  context.terminal.note(
    changed
      ? "the queue's policy now lets the topic send"
      : "the queue's policy lets the topic send already",
  );
};

const ending = (ensured: Ensured, endpoint: string): string => {
  switch (ensured) {
    case "made":
      return `subscribed ${endpoint}`;
    case "changed":
      return `${endpoint} was subscribed already: filter and delivery are as you say now`;
    case "pending":
      return `${endpoint} has to confirm: nothing is sent before`;
  }
};

/** Subscribes with everything that goes with it, in an order in which no message can be lost between the steps. */
export const subscribeTo = async (
  context: SubscribeContext,
  { subscriber, filterPolicy, rawDelivery }: SubscribeWish,
): Promise<void> => {
  const { clients, terminal, topicArn } = context;
  const { protocol } = subscriber;
  const endpoint = subscriber.protocol === "sqs" ? subscriber.queue.arn : subscriber.address;
  if (subscriber.protocol === "sqs") await permit(subscriber.queue, context);
  const queueName = undeliveredQueueName(parseTopic(topicArn).name, endpoint);
  const deadLetterArn = await makeDeadLetterQueue(clients.sqs, queueName, topicArn);
  terminal.note(`undeliverable messages are kept for 14 days in ${queueName}`);
  if (context.operationsTopicArn !== undefined) {
    terminal.note("create an alarm for it:");
    terminal.noteCommand(alarmCommand(queueName, context.operationsTopicArn));
  }
  const wanted = { topicArn, protocol, endpoint, filterPolicy, rawDelivery, deadLetterArn };
  terminal.print(ending(await ensureSubscription(clients.sns, wanted), endpoint));
  if (filterPolicy !== undefined)
    terminal.note(
      `only messages with ${filterPolicy}; AWS may take 15 minutes to apply a new filter`,
    );
};

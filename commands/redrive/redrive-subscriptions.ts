import type { SQSClient } from "@aws-sdk/client-sqs";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { countMessages } from "../queues/count-messages.ts";
import { findQueueUrl, parseArn, type QueueAddress } from "../queues/queue-address.ts";
import { deleteMessage, giveBack, takeAll } from "../queues/receive-messages.ts";
import { sendOn } from "../queues/send-on.ts";
import type { Stack } from "../stacks/stack.ts";
import {
  deadLetterQueueOf,
  type ListedSubscription,
  listSubscriptions,
} from "../subscribe/list-subscriptions.ts";
import { isUndeliveredQueue } from "../subscribe/subscription-dead-letters.ts";
import type { MessagingClients } from "../subscribe/temporary-subscription.ts";
import { addRedriven, type Redriven } from "./redrive-context.ts";

const none: Redriven = { back: 0, stay: 0 };

const moveAll = async (
  sqs: SQSClient,
  { from, subscriber }: { readonly from: string; readonly subscriber: QueueAddress },
  terminal: Terminal,
): Promise<Redriven> => {
  const messages = await takeAll(sqs, { queueUrl: from, holdSeconds: 900, waitSeconds: 1 });
  if (messages.length === 0) return none;
  let back = 0;
  try {
    const to = await findQueueUrl(sqs, subscriber);
    for (const message of messages) {
      await sendOn(sqs, to, message);
      await deleteMessage(sqs, from, message);
      back += 1;
    }
  } catch (error) {
    // One subscriber's queue that is gone must not keep the others waiting.
    terminal.note(`${subscriber.arn}: ${explainError(error)}`);
    await giveBack(sqs, from, messages.slice(back));
  }
  return { back, stay: messages.length - back };
};

const redriveOne = async (
  { sns, sqs }: MessagingClients,
  { arn, protocol, endpoint }: ListedSubscription,
  terminal: Terminal,
): Promise<Redriven> => {
  const deadLetterArn = arn === undefined ? undefined : await deadLetterQueueOf(sns, arn);
  const deadLetters = parseArn(deadLetterArn ?? "", "sqs");
  if (deadLetters === undefined || !isUndeliveredQueue(deadLetters.name)) return none;
  const from = await findQueueUrl(sqs, deadLetters);
  const subscriber = protocol === "sqs" ? parseArn(endpoint, "sqs") : undefined;
  if (subscriber === undefined) {
    const stay = await countMessages(sqs, from);
    if (stay > 0)
      terminal.note(`${deadLetters.name}: what ${protocol} did not take cannot be sent again`);
    return { back: 0, stay };
  }
  return moveAll(sqs, { from, subscriber }, terminal);
};

/** Moves what SNS could not deliver to the queues of subscribers into these queues. */
export const redriveSubscriptions = async (
  clients: MessagingClients,
  topics: Pick<Stack["topics"], "changes" | "alerts" | "alertTexts">,
  terminal: Terminal,
): Promise<Redriven> => {
  let sum = none;
  const all = [topics.changes, topics.alerts, topics.alertTexts].filter((arn) => arn !== undefined);
  for (const topicArn of all) {
    for (const subscription of await listSubscriptions(clients.sns, topicArn))
      sum = addRedriven(sum, await redriveOne(clients, subscription, terminal));
  }
  return sum;
};

import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { deleteMessage, receiveMessages } from "../queues/receive-messages.ts";
import type { Stack } from "../stacks/stack.ts";
import { subscribeTemporarily } from "../subscribe/temporary-subscription.ts";
import { alertLine } from "./alert-line.ts";

const printUntilAborted = async (
  sqs: SQSClient,
  queueUrl: string,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<void> => {
  const taking = { queueUrl, holdSeconds: 30, waitSeconds: 20 };
  while (!signal.aborted) {
    for (const message of await receiveMessages(sqs, taking, signal)) {
      terminal.printText(alertLine(message.body, terminal.colour));
      await deleteMessage(sqs, queueUrl, message);
    }
  }
};

/** Prints each alert from now on, through a queue that is removed at the end. */
export const followTopic = async (
  stack: Pick<Stack, "connections" | "topics" | "prefix">,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> => {
  const sns = new SNSClient(stack.connections.sns);
  const sqs = new SQSClient(stack.connections.sqs);
  const topics = [stack.topics.alerts];
  const subscription = await subscribeTemporarily({ sns, sqs }, topics, `${stack.prefix}-alerts`);
  terminal.note(`listening with the temporary queue ${subscription.queueName}`);
  try {
    await printUntilAborted(sqs, subscription.queueUrl, { terminal, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await subscription.remove();
    terminal.note(`removed ${subscription.queueName}`);
  }
};

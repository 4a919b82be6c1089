import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteMessage, giveBack, takeAll } from "../queues/receive-messages.ts";
import { sendOn } from "../queues/send-on.ts";
import type { Redriven } from "./redrive-context.ts";

/** The URLs of the evaluator's queue and of its dead letters. */
export type EvaluationQueues = {
  readonly evaluation: string;
  readonly evaluationDeadLetters: string;
};

/**
 * Takes the evaluator's dead letters back into its queue, without a delay: what they waited for is over. A message only says
 * where to look, so that it may be evaluated late, and again.
 */
export const redriveEvaluations = async (
  sqs: SQSClient,
  { evaluation, evaluationDeadLetters: from }: EvaluationQueues,
): Promise<Redriven> => {
  const messages = await takeAll(sqs, { queueUrl: from, holdSeconds: 900, waitSeconds: 1 });
  let back = 0;
  try {
    for (const message of messages) {
      await sendOn(sqs, evaluation, message);
      await deleteMessage(sqs, from, message);
      back += 1;
    }
  } finally {
    await giveBack(sqs, from, messages.slice(back));
  }
  return { back, stay: messages.length - back };
};

import type { SQSClient } from "@aws-sdk/client-sqs";
import type { RequestEvaluation } from "../ports/evaluation.ts";
import { toMessageText } from "./message-text.ts";
import { createSendMessages } from "./send-messages.ts";

const maxDelaySeconds = 900; // SQS delays a message by no more than this.

// Rounded up: a loss that is evaluated too early is not over yet, and has to be put off once more.
const toDelay = (seconds: number): number =>
  Math.min(Math.max(Math.ceil(seconds), 0), maxDelaySeconds);

/** Sends requests to the evaluation queue. A request with a longer delay than SQS allows arrives early. */
export const createRequestEvaluation = (client: SQSClient, queueUrl: string): RequestEvaluation => {
  const sendMessages = createSendMessages(client, queueUrl, "requests for an evaluation");
  return (requests) =>
    sendMessages(
      requests.map(({ message, delaySeconds }) => ({
        body: toMessageText(message),
        delaySeconds: toDelay(delaySeconds),
      })),
    );
};

import type { SQSClient } from "@aws-sdk/client-sqs";
import type { RequestEvaluation } from "../ports/evaluation.ts";
import { toMessageText } from "./message-text.ts";
import { createSendMessages } from "./send-messages.ts";

const maxDelaySeconds = 900; // SQS keeps no message back longer.

// Rounded up: what is looked at too early is not over yet, and is put off once more.
const toDelay = (seconds: number): number =>
  Math.min(Math.max(Math.ceil(seconds), 0), maxDelaySeconds);

/** Sends requests to the evaluation queue; one with a longer delay than SQS has comes early. */
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

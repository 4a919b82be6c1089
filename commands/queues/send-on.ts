import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { HeldMessage } from "./receive-messages.ts";

// What SNS adds to a dead letter to say why it is one.
const reasons = new Set(["RequestID", "ErrorCode", "ErrorMessage"]);

/** Sends a message that is held, body and attributes, to another queue. It stays held, too. */
export const sendOn = async (
  sqs: SQSClient,
  queueUrl: string,
  { body, attributes }: HeldMessage,
): Promise<void> => {
  const own = Object.entries(attributes).filter(([name]) => !reasons.has(name));
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: Object.fromEntries(own),
    }),
  );
};

import { createHash } from "node:crypto";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { letTopicSend, policyText, refusePlainText } from "./topic-policy.ts";

const fourteenDays = String(14 * 24 * 60 * 60);
const marker = "-undelivered-";

/** Whether a queue, by its name, was made here for the dead letters of one subscription. */
export const isUndeliveredQueue = (name: string): boolean => name.includes(marker);

/** The queue's name: one for each subscription, the same each time. */
export const undeliveredQueueName = (topicName: string, endpoint: string): string => {
  const subscriber = createHash("sha256").update(endpoint).digest("hex").slice(0, 8);
  return `${topicName}${marker}${subscriber}`;
};

/** Makes the queue for what SNS cannot deliver to a subscriber, or finds it; resolves to its ARN. */
export const makeDeadLetterQueue = async (
  sqs: SQSClient,
  queueName: string,
  topicArn: string,
): Promise<string> => {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: queueName,
      // The longest that SQS keeps a message.
      Attributes: { MessageRetentionPeriod: fourteenDays },
    }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  const queueArn = Attributes?.["QueueArn"] ?? "";
  const Policy = policyText([letTopicSend(topicArn, queueArn), refusePlainText(queueArn)]);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  return queueArn;
};

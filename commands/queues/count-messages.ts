import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** About how many messages wait in the queue. */
export const countMessages = async (sqs: SQSClient, queueUrl: string): Promise<number> => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages"],
    }),
  );
  return Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0);
};

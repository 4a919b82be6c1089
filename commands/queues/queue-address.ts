import { GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** The parts of a queue's ARN. */
export type QueueAddress = {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
};

const arnPattern =
  /^arn:(?<partition>aws[a-z-]*):(?<service>sqs|sns):(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<name>[A-Za-z0-9._-]{1,80}(?:\.fifo)?)$/;

/** The parts of the ARN of a queue or a topic; undefined where the text is something else. */
export const parseArn = (arn: string, service: "sqs" | "sns"): QueueAddress | undefined => {
  const parts = arnPattern.exec(arn)?.groups;
  if (parts?.["service"] !== service) return undefined;
  const { region = "", account = "", name = "" } = parts;
  return { arn, region, account, name };
};

/** The URL of a queue that exists. Throws QueueDoesNotExist otherwise. */
export const findQueueUrl = async (
  sqs: SQSClient,
  { name, account }: QueueAddress,
): Promise<string> => {
  const { QueueUrl } = await sqs.send(
    new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }),
  );
  return QueueUrl ?? "";
};

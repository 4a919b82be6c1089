import { S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { buildFauxqsApp } from "../../local/emulators/fauxqs-app.ts";

/** SNS, SQS and S3 in this process, for the tests of one file. */
export const startMessaging = async () => {
  const { app } = buildFauxqsApp();
  const endpoint = await app.listen({ host: "127.0.0.1", port: 0 });
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const connection = { endpoint, region: "us-east-1", credentials };
  const sqs = new SQSClient({ ...connection, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(connection);
  const s3 = new S3Client({ ...connection, forcePathStyle: true });

  const attributesOf = async (queueUrl: string) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] });
    return (await sqs.send(command)).Attributes ?? {};
  };
  const makeQueue = async (name: string) => {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    return { url: QueueUrl, arn: (await attributesOf(QueueUrl))["QueueArn"] ?? "" };
  };
  const makeTopic = async (name: string) =>
    (await sns.send(new CreateTopicCommand({ Name: name }))).TopicArn ?? "";
  const put = async (queueUrl: string, body: unknown) => {
    const MessageBody = typeof body === "string" ? body : JSON.stringify(body);
    const { MessageId } = await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }),
    );
    return MessageId ?? "";
  };
  /** The bodies that can be received from the queue now; they stay in it, hidden for `hideSeconds`. */
  const bodiesIn = async (queueUrl: string, hideSeconds = 0) => {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hideSeconds,
    });
    return ((await sqs.send(command)).Messages ?? []).map(({ Body = "" }) => Body);
  };
  const publish = (TopicArn: string, message: unknown, server?: string) =>
    sns.send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify(message),
        ...(server !== undefined && {
          MessageAttributes: { server: { DataType: "String", StringValue: server } },
        }),
      }),
    );
  const stop = async () => {
    for (const client of [sqs, sns, s3]) client.destroy();
    await app.close();
  };
  return {
    connection,
    sqs,
    sns,
    s3,
    attributesOf,
    makeQueue,
    makeTopic,
    put,
    bodiesIn,
    publish,
    stop,
  };
};

/** What `startMessaging` returns. */
export type Messaging = Awaited<ReturnType<typeof startMessaging>>;

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeTinyAssembly } from "./tiny-assembly.ts";

const nothing = "export const handler = async () => null;";
// Sends the next number to its own queue, with the SDK as a deployed function has it, until the number asked for.
const looper = `import { SendMessageCommand, SQSClient } from ${JSON.stringify(import.meta.resolve("@aws-sdk/client-sqs"))};
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
export const handler = async ({ Records }) => {
  for (const { body, eventSourceARN } of Records) {
    const { number, until } = JSON.parse(body);
    console.log("number " + number);
    if (number === until) continue;
    const [, , , , account, name] = eventSourceARN.split(":");
    await sqs.send(new SendMessageCommand({
      QueueUrl: process.env.AWS_ENDPOINT_URL_SQS + "/" + account + "/" + name,
      MessageBody: JSON.stringify({ number: number + 1, until }),
    }));
  }
};`;

const ref = (logicalId: string) => ({ Ref: logicalId });
const arn = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });

/** A function by the name `loop-<name>` that runs the looper, and its queue `<name>` with its dead letters `<name>-dead`. */
const loop = (name: string, visibilitySeconds: number, more: object) => ({
  [`${name}Function`]: {
    Type: "AWS::Lambda::Function",
    Properties: {
      FunctionName: `loop-${name}`,
      Handler: "index.handler",
      Timeout: 10,
      Code: { S3Bucket: "assets", S3Key: "looper.zip" },
      ...more,
    },
  },
  [`${name}Dead`]: { Type: "AWS::SQS::Queue", Properties: { QueueName: `${name}-dead` } },
  [`${name}Queue`]: {
    Type: "AWS::SQS::Queue",
    Properties: {
      QueueName: name,
      VisibilityTimeout: visibilitySeconds,
      RedrivePolicy: { deadLetterTargetArn: arn(`${name}Dead`), maxReceiveCount: 2 },
    },
  },
  [`${name}Mapping`]: {
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: { EventSourceArn: arn(`${name}Queue`), FunctionName: ref(`${name}Function`) },
  },
});

/** Writes an assembly with two functions that send to their own queues: `stopped`, and `allowed`, which says RecursiveLoop: Allow. */
export const writeLoopAssembly = (): string =>
  writeTinyAssembly(
    mkdtempSync(join(tmpdir(), "loops-")),
    { api: nothing, stream: nothing },
    {},
    {
      functions: { looper },
      // Longer than a run on a busy machine, so that nothing comes twice; what is stopped waits for it to be over.
      resources: {
        ...loop("stopped", 4, {}),
        ...loop("allowed", 60, { RecursiveLoop: "Allow" }),
      },
    },
  );

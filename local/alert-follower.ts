import { appendFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { LocalClients } from "./resources/local-clients.ts";

/** Follows a topic from now on through a queue of the runner's own: each message becomes one line of the file, which starts empty. */
export async function followAlerts(
  { sns, sqs }: LocalClients,
  topicArn: string,
  file: string,
  stop: AbortSignal,
): Promise<void> {
  writeFileSync(file, "", { mode: 0o600 });
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: "local-alert-follower" }));
  const QueueUrl = queue.QueueUrl ?? "";
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: "sqs",
      Endpoint: Attributes?.["QueueArn"] ?? "",
      Attributes: { RawMessageDelivery: "true" },
    }),
  );
  void follow(sqs, QueueUrl, file, stop);
}

async function follow(sqs: SQSClient, QueueUrl: string, file: string, stop: AbortSignal) {
  const request = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 };
  while (!stop.aborted) {
    try {
      const receive = new ReceiveMessageCommand(request);
      const { Messages = [] } = await sqs.send(receive, { abortSignal: stop });
      for (const { Body = "" } of Messages) appendFileSync(file, `${oneLine(Body)}\n`);
      await forget(sqs, QueueUrl, Messages);
    } catch {
      // The emulator is going away, or the stack is.
      await sleep(200);
    }
  }
}

async function forget(
  sqs: SQSClient,
  QueueUrl: string,
  messages: readonly { readonly ReceiptHandle?: string | undefined }[],
) {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle,
  }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
}

function oneLine(text: string): string {
  return text.replaceAll(/\r?\n/g, " ");
}

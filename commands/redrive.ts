import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { createHandToFanout } from "./redrive/hand-to-fanout.ts";
import { addRedriven, redrivenLine } from "./redrive/redrive-context.ts";
import { redriveEvaluations } from "./redrive/redrive-evaluations.ts";
import { redriveFailedChanges } from "./redrive/redrive-failed-changes.ts";
import { redriveStreamBatches } from "./redrive/redrive-stream-batches.ts";
import { redriveSubscriptions } from "./redrive/redrive-subscriptions.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run redrive
  Sends dead letters on their way again: changes and alerts that SNS refused,
  and stream batches that fanout could not process, to fanout; messages that the
  evaluator failed to process, to its queue; messages that SNS could not deliver
  to a subscriber's queue (npm run subscribe), to that queue. Each is deleted
  only once it was taken. Messages may reach subscribers twice, with the same
  id.

  --stage NAME   a deployed stage; otherwise the local stack`;

/** Brings all dead letters back into their way; 1 when some stay. */
const redrive: Command = async ({ args, terminal }) => {
  const values = parseOptions(args, stageOption);
  const { connections, functions, queues, buckets, topics } = await findStack(values.stage);
  const handToFanout = createHandToFanout(new LambdaClient(connections.lambda), functions.fanout);
  const context = { handToFanout, terminal };
  const sqs = new SQSClient(connections.sqs);
  const sns = new SNSClient(connections.sns);
  // The batches first: they are older than what SNS refused of the same DN since.
  const batches = await redriveStreamBatches(
    new S3Client(connections.s3),
    buckets.failedStreamBatches,
    context,
  );
  terminal.print(redrivenLine("stream batches", batches));
  const changes = await redriveFailedChanges(sqs, queues.failedChanges, context);
  terminal.print(redrivenLine("changes and alerts that SNS refused", changes));
  const evaluations = await redriveEvaluations(sqs, queues);
  terminal.print(redrivenLine("evaluations", evaluations));
  const undelivered = await redriveSubscriptions({ sns, sqs }, topics, terminal);
  terminal.print(redrivenLine("messages for subscribers", undelivered));
  return [batches, changes, evaluations, undelivered].reduce(addRedriven).stay === 0 ? 0 : 1;
};

if (import.meta.main) await runCommand(usage, redrive);

import type { DataStack } from "./data-stack.ts";
import { resourceName } from "./settings/resource-name.ts";
import type { Settings } from "./settings/settings.ts";

/**
 * Exports what the service stack of version 0.1 imports. Without it CloudFormation would neither deploy this data stack
 * beside that service stack (it takes away no export that is in use) nor let a stage go back to 0.1 (ADR 0019). The release
 * after 0.2 exports nothing, and keeps as plain outputs what `data-by-name.ts` reads.
 */
export const keepExportsOf01 = (stack: DataStack, settings: Settings): void => {
  const { tables, alerting, topics, queues, secrets, failedStreamBatches } = stack;
  const { status, history } = tables;
  const { losses, alerts, connections, windows } = alerting;
  const { evaluation, evaluationDeadLetters, failedChanges, rejectedEvents } = queues;
  const values = [
    ...[status, history, losses, alerts, connections, windows].map(({ tableArn }) => tableArn),
    ...[status, history, losses, alerts, connections, windows].map(({ tableName }) => tableName),
    tables.statusStreamArn,
    alerting.alertsStreamArn,
    topics.key.keyArn,
    topics.changes.topicArn,
    topics.alerts.topicArn,
    topics.operations.topicArn,
    ...[evaluation, failedChanges, rejectedEvents].map(({ queueArn }) => queueArn),
    ...[evaluation, failedChanges, rejectedEvents].map(({ queueUrl }) => queueUrl),
    ...[evaluation, evaluationDeadLetters, failedChanges, rejectedEvents].map(
      ({ queueName }) => queueName,
    ),
    secrets.bridgeKeys.secretArn,
    secrets.readerTokens.secretArn,
  ];
  for (const value of values) stack.exportValue(value);
  stack.exportValue(failedStreamBatches.bucket.bucketArn, {
    name: resourceName(settings, "failed-stream-batches"),
  });
};

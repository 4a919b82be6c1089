import type { DataStack } from "./data-stack.ts";

/**
 * Exports what the service stack of version 0.1 imports: CloudFormation refuses to take away an export that is in use, and
 * so to deploy this data stack before the service stack, or to go back to 0.1. The release after 0.2 exports nothing.
 */
export const keepExportsOf01 = (stack: DataStack): void => {
  const { tables, alerting, topics, queues, secrets, failedStreamBatches } = stack;
  const all = [tables.status, tables.history, alerting.losses, alerting.alerts];
  const values = [
    ...[...all, alerting.connections, alerting.windows].flatMap(({ tableArn, tableName }) => [
      tableArn,
      tableName,
    ]),
    tables.statusStreamArn,
    alerting.alertsStreamArn,
    topics.key.keyArn,
    ...[topics.changes, topics.alerts, topics.operations].map(({ topicArn }) => topicArn),
    ...[queues.evaluation, queues.failedChanges, queues.rejectedEvents].flatMap(
      ({ queueArn, queueUrl, queueName }) => [queueArn, queueUrl, queueName],
    ),
    queues.evaluationDeadLetters.queueName,
    secrets.bridgeKeys.secretArn,
    secrets.readerTokens.secretArn,
  ];
  for (const value of values) stack.exportValue(value);
  stack.exportValue(failedStreamBatches.bucket.bucketArn, {
    name: `${stack.stackName.replace(/-data$/, "")}-failed-stream-batches`,
  });
};

import { Duration, Validations } from "aws-cdk-lib";
import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  EventSourceMapping,
  FilterCriteria,
  MetricType,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { statusTableKeys } from "../lambda/adapters/table-keys.ts";
import { allow } from "./allow.ts";
import type { CapabilityProps } from "./capability-props.ts";
import type { DataStack } from "./data-stack.ts";
import { failedStreamBatchesExport } from "./failed-stream-batches.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { Settings } from "./settings.ts";

// What ingest writes without a change worth telling, a storm of refreshes for one, invokes nothing.
const changesOnly = FilterCriteria.filter({
  dynamodb: { NewImage: { [statusTableKeys.changed]: { BOOL: [true] } } },
});

/** What a function needs to be fed from the stream, and to have the batches that it fails at kept. */
export const readStatusStream = ({ tables, failedStreamBatches }: DataStack): PolicyStatement[] => [
  allow(
    [
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
    ],
    [tables.statusStreamArn],
  ),
  // Lambda names the objects aws/lambda/<event source mapping>/<shard>/...
  allow(["s3:PutObject"], [`${failedStreamBatches.importedArn}/aws/lambda/*`]),
  allow(["s3:ListBucket"], [failedStreamBatches.importedArn]),
];

const acknowledgeObjectNames = (target: LambdaFunction, settings: Settings): void =>
  Validations.of(target).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${failedStreamBatchesExport(settings)}/aws/lambda/*]`,
    reason: "Lambda names the objects after the shard and the time of the failure.",
  });

/** Feeds a function with the changes of the status table, at least once, in order for each registration. */
export const feedFromStatusStream = (
  target: LambdaFunction,
  { settings, data: { tables, failedStreamBatches } }: CapabilityProps,
): EventSourceMapping => {
  acknowledgeObjectNames(target, settings);
  return new EventSourceMapping(target, "StatusStream", {
    target: target.function,
    eventSourceArn: tables.statusStreamArn,
    // From the beginning: nothing written before the first deployment of this mapping is lost.
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [changesOnly],
    batchSize: 100,
    // No waiting: a lone loss is told at once, and in a storm the batches fill by themselves.
    maxBatchingWindow: Duration.seconds(0),
    // Lambda keeps the order of each item, which is one registration, over parallel batches of a shard.
    parallelizationFactor: 4,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // The age ends the retries, well before the stream forgets the record after 24 hours: SNS may be away for hours.
    maxRecordAge: Duration.hours(6),
    retryAttempts: 10_000,
    // S3OnFailureDestination would also let the function read and delete what it failed at.
    onFailure: { bind: () => ({ destination: failedStreamBatches.importedArn }) },
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });
};

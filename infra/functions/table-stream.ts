import { Duration, Validations } from "aws-cdk-lib";
import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  EventSourceMapping,
  FilterCriteria,
  MetricType,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { alertsTableKeys, statusTableKeys } from "../../lambda/adapters/table-keys.ts";
import type { DataByName } from "../data-by-name.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import { allow } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";

/** The stream of a table that is an outbox, and which of its writes are to be published. */
export type TableStream = {
  /** The id of the event source in the function's construct. Permanent: a new one reads the stream from its beginning. */
  readonly id: string;
  readonly arnIn: (data: DataByName) => string;
  /** What the new image must have; all other writes invoke nothing. */
  readonly newImage: Readonly<Record<string, unknown>>;
};

/** The status table's stream. Writes of ingest that change nothing, a storm of refreshes for example, invoke nothing. */
export const statusStream: TableStream = {
  id: "StatusStream",
  arnIn: ({ streamArns }) => streamArns.status,
  newImage: { [statusTableKeys.changed]: { BOOL: [true] } },
};

/** The alerts table's stream. Writes that only keep the evaluator's records are not published. */
export const alertsStream: TableStream = {
  id: "AlertsStream",
  arnIn: ({ streamArns }) => streamArns.alerts,
  // A filter matches leaves only: the attribute exists when its text does.
  newImage: { [alertsTableKeys.notice]: { S: [{ exists: true }] } },
};

/** What a function must be allowed in order to read streams, and to have Lambda keep the batches that it fails on. */
export const streamPermissions = (
  data: DataByName,
  ...streams: readonly TableStream[]
): PolicyStatement[] => [
  allow(
    [
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
    ],
    streams.map(({ arnIn }) => arnIn(data)),
  ),
  // Lambda names the objects aws/lambda/<event source mapping>/<shard>/...
  allow(["s3:PutObject"], [`${data.failedStreamBatchesArn}/aws/lambda/*`]),
  allow(["s3:ListBucket"], [data.failedStreamBatchesArn]),
];

// As the report of a finding writes the reference.
const bucketName = (settings: Settings): string =>
  JSON.stringify({
    "Fn::GetStackOutput": {
      StackName: resourceName(settings, "data"),
      OutputName: "FailedStreamBatchesBucket",
    },
  });

/** Acknowledges, at the function that reads streams, that Lambda chooses the names of the batches that it keeps. */
export const acknowledgeObjectNames = (target: LambdaFunction, settings: Settings): void =>
  Validations.of(target).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${bucketName(settings)}/aws/lambda/*]`,
    reason: "Lambda names the objects after the shard and the time of the failure.",
  });

/** Feeds a function with the writes of a table that are to be published: at least once, in order for each item. */
export const feedFromStream = (
  target: LambdaFunction,
  { id, arnIn, newImage }: TableStream,
  { data, settings }: Pick<ServiceProps, "data" | "settings">,
): EventSourceMapping =>
  new EventSourceMapping(target, id, {
    target: target.function,
    eventSourceArn: arnIn(data),
    // From the beginning: nothing written before the first deployment of this mapping is lost.
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [FilterCriteria.filter({ dynamodb: { NewImage: newImage } })],
    batchSize: 100,
    // No waiting: a lone loss is published at once, and in a storm the batches fill by themselves.
    maxBatchingWindow: Duration.seconds(0),
    // Lambda keeps the order of each item, one registration or alert, over parallel batches of a shard.
    parallelizationFactor: settings.streamParallelism,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // The age ends the retries, well before the stream drops the record after 24 hours: SNS may be down for hours.
    maxRecordAge: Duration.hours(6),
    retryAttempts: 10_000,
    // S3OnFailureDestination would also let the function read and delete the batches that it failed on.
    onFailure: { bind: () => ({ destination: data.failedStreamBatchesArn }) },
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
  });

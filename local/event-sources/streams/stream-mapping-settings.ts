import * as v from "valibot";

const MappingPropertiesSchema = v.object({
  EventSourceArn: v.string(),
  FunctionName: v.string(),
  StartingPosition: v.optional(v.picklist(["TRIM_HORIZON", "LATEST"]), "TRIM_HORIZON"),
  BatchSize: v.optional(v.number(), 100),
  MaximumBatchingWindowInSeconds: v.optional(v.number(), 0),
  BisectBatchOnFunctionError: v.optional(v.boolean(), false),
  MaximumRetryAttempts: v.optional(v.number(), -1),
  MaximumRecordAgeInSeconds: v.optional(v.number(), -1),
  FunctionResponseTypes: v.optional(v.array(v.string()), []),
  FilterCriteria: v.optional(
    v.object({ Filters: v.optional(v.array(v.object({ Pattern: v.string() })), []) }),
  ),
  DestinationConfig: v.optional(
    v.object({ OnFailure: v.optional(v.object({ Destination: v.string() })) }),
  ),
});

/** How the records of a stream are delivered to a function. -1 means no limit of attempts or age, as in CloudFormation. */
export type StreamMappingSettings = {
  readonly sourceArn: string;
  /** Name or ARN. */
  readonly functionName: string;
  readonly startsAt: "TRIM_HORIZON" | "LATEST";
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly bisectsOnError: boolean;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly filterPatterns: readonly string[];
  readonly failureDestination: string | undefined;
};

/** Reads the resolved properties of an AWS::Lambda::EventSourceMapping. */
export const readStreamMappingSettings = (properties: unknown): StreamMappingSettings => {
  const read = v.parse(MappingPropertiesSchema, properties);
  return {
    sourceArn: read.EventSourceArn,
    functionName: read.FunctionName,
    startsAt: read.StartingPosition,
    batchSize: read.BatchSize,
    windowSeconds: read.MaximumBatchingWindowInSeconds,
    bisectsOnError: read.BisectBatchOnFunctionError,
    maximumRetryAttempts: read.MaximumRetryAttempts,
    maximumRecordAgeSeconds: read.MaximumRecordAgeInSeconds,
    reportsBatchItemFailures: read.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    filterPatterns: (read.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
    failureDestination: read.DestinationConfig?.OnFailure?.Destination,
  };
};

import * as v from "valibot";

const QueueMappingSchema = v.object({
  EventSourceArn: v.string(),
  BatchSize: v.optional(v.number(), 10),
  MaximumBatchingWindowInSeconds: v.optional(v.number(), 0),
  FunctionResponseTypes: v.optional(v.array(v.string()), []),
  FilterCriteria: v.optional(
    v.object({ Filters: v.optional(v.array(v.object({ Pattern: v.string() })), []) }),
  ),
  ScalingConfig: v.optional(v.object({ MaximumConcurrency: v.optional(v.number()) })),
});
// Lambda starts with this many and goes up to a thousand, which would not help on one machine.
const pollers = 5;

/** How the messages of a queue are delivered to a function. */
export type QueueMappingSettings = {
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly windowMilliseconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly filterPatterns: readonly string[];
  /** How many batches the function may process at once. */
  readonly concurrency: number;
};

/** Reads the resolved properties of an AWS::Lambda::EventSourceMapping whose source is a queue; `timeLapse` divides its window. */
export const readQueueMappingSettings = (
  properties: unknown,
  timeLapse: number,
): QueueMappingSettings => {
  const read = v.parse(QueueMappingSchema, properties);
  return {
    sourceArn: read.EventSourceArn,
    batchSize: read.BatchSize,
    // The window is divided like the alerts' waiting times: it would otherwise be most of an alert's delay.
    windowMilliseconds: (read.MaximumBatchingWindowInSeconds * 1000) / timeLapse,
    reportsBatchItemFailures: read.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    filterPatterns: (read.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
    concurrency: Math.min(pollers, read.ScalingConfig?.MaximumConcurrency ?? pollers),
  };
};

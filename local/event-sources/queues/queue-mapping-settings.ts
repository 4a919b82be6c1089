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
// What Lambda begins with; it goes up to a thousand, which is of no use on one machine.
const pollers = 5;

/** How a queue is brought to a function. */
export type QueueMappingSettings = {
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly windowMilliseconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly filterPatterns: readonly string[];
  /** How many batches may be with the function at once. */
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
    // Beside divided waiting times a whole window would be most of the way of an alert.
    windowMilliseconds: (read.MaximumBatchingWindowInSeconds * 1000) / timeLapse,
    reportsBatchItemFailures: read.FunctionResponseTypes.includes("ReportBatchItemFailures"),
    filterPatterns: (read.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
    concurrency: Math.min(pollers, read.ScalingConfig?.MaximumConcurrency ?? pollers),
  };
};

import type { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { NamedQueue } from "../data-by-name.ts";

/** The highest value that SQS reports for a queue in each period: of messages, or of their age in seconds. */
export const queueMetric = (
  { queueName }: NamedQueue,
  metricName:
    | "ApproximateNumberOfMessagesVisible"
    | "ApproximateNumberOfMessagesDelayed"
    | "ApproximateAgeOfOldestMessage",
  period: Duration,
): Metric =>
  new Metric({
    namespace: "AWS/SQS",
    metricName,
    dimensionsMap: { QueueName: queueName },
    statistic: "Maximum",
    period,
  });

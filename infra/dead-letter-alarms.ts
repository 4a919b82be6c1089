import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { AlarmDefinition } from "./alarms.ts";
import type { Queues } from "./queues.ts";
import type { Settings } from "./settings.ts";

const period = Duration.minutes(5);

/** How many messages wait in a queue. */
export const depthOf = (queue: Queue): Metric =>
  queue.metricApproximateNumberOfMessagesVisible({ period });

/** What Lambda counts for an event source: changes, not batches. */
export const sourceMetric = (
  source: EventSourceMapping,
  metricName: "OnFailureDestinationDeliveredEventCount" | "DroppedEventCount",
): Metric =>
  new Metric({
    namespace: "AWS/Lambda",
    metricName,
    dimensionsMap: { EventSourceMappingUUID: source.eventSourceMappingId },
    statistic: "Sum",
    period,
  });

/** One alarm for each place where something waits for a person, and one for what went past them all. */
export const deadLetterAlarms = (
  { stage }: Settings,
  { rejectedEvents, failedChanges }: Queues,
  source: EventSourceMapping,
): AlarmDefinition[] => [
  {
    name: "rejected-events-waiting",
    metric: depthOf(rejectedEvents),
    threshold: 1,
    meaning: "Events that ingest rejected wait for a decision; after 14 days they are gone.",
    remedy: `npm run rejected -- list --stage ${stage}, then retry or drop them.`,
  },
  {
    name: "failed-changes-waiting",
    metric: depthOf(failedChanges),
    threshold: 1,
    meaning: "SNS refused changes or alerts for good: subscribers have not heard of them.",
    remedy: `read the reason in the message, mend it, then npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "failed-stream-batches",
    // A count of what arrives: S3 counts what a bucket holds only once a day.
    metric: sourceMetric(source, "OnFailureDestinationDeliveredEventCount"),
    threshold: 1,
    meaning:
      "fanout failed at changes for 6 hours: they are in the bucket FailedStreamBatches, and subscribers have not heard of them.",
    remedy: `read the errors of fanout, mend them, then npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "changes-dropped",
    metric: sourceMetric(source, "DroppedEventCount"),
    threshold: 1,
    meaning:
      "Changes were given up and could not be kept in the bucket FailedStreamBatches either: subscribers will not hear of them.",
    remedy:
      "see that fanout's role may write to the bucket; have subscribers read GET /v1/registrations?changedSince= anew.",
  },
];

import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import type { FanoutSources } from "../functions/fanout-function.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";

/** What Lambda counts for an event source: changes or alerts, not batches. */
export const sourceMetric = (
  source: EventSourceMapping,
  metricName: "OnFailureDestinationDeliveredEventCount" | "DroppedEventCount",
): Metric =>
  new Metric({
    namespace: "AWS/Lambda",
    metricName,
    dimensionsMap: { EventSourceMappingUUID: source.eventSourceMappingId },
    statistic: "Sum",
    period: Duration.minutes(5),
  });

/** For each stream: records that fanout failed on and that wait in the bucket, and records that Lambda could not keep. */
export const streamAlarms = (
  { stage }: Settings,
  { statuses, alerts }: FanoutSources,
): AlarmDefinition[] => [
  {
    name: "failed-stream-batches",
    // A count of what arrives: S3 counts what a bucket holds only once a day.
    metric: sourceMetric(statuses, "OnFailureDestinationDeliveredEventCount"),
    threshold: 1,
    meaning:
      "fanout failed on changes for 6 hours: they are in the bucket FailedStreamBatches, and subscribers have not received them.",
    remedy: `read the errors of fanout, fix their cause, then run npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "failed-alert-batches",
    metric: sourceMetric(alerts, "OnFailureDestinationDeliveredEventCount"),
    threshold: 1,
    meaning:
      "fanout failed on alerts for 6 hours: they are in the bucket FailedStreamBatches, and subscribers have not received them.",
    remedy: `read the errors of fanout, fix their cause, then run npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "changes-dropped",
    metric: sourceMetric(statuses, "DroppedEventCount"),
    threshold: 1,
    meaning:
      "Lambda gave up on changes and could not keep them in the bucket FailedStreamBatches: subscribers will not receive them.",
    remedy:
      "check that fanout's role may write to the bucket; have subscribers read GET /v1/registrations?changedSince= again.",
  },
  {
    name: "alerts-dropped",
    metric: sourceMetric(alerts, "DroppedEventCount"),
    threshold: 1,
    meaning:
      "Lambda gave up on alerts and could not keep them in the bucket FailedStreamBatches: subscribers will not receive them.",
    remedy:
      "check that fanout's role may write to the bucket; GET /v1/alerts?status=open shows the open alerts.",
  },
];

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

/** For each stream: what fanout gave up and waits in the bucket, and what could not even be kept there. */
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
      "fanout failed at changes for 6 hours: they are in the bucket FailedStreamBatches, and subscribers have not heard of them.",
    remedy: `read the errors of fanout, mend them, then npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "failed-alert-batches",
    metric: sourceMetric(alerts, "OnFailureDestinationDeliveredEventCount"),
    threshold: 1,
    meaning:
      "fanout failed at alerts for 6 hours: they are in the bucket FailedStreamBatches, and nobody was alerted.",
    remedy: `read the errors of fanout, mend them, then npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "changes-dropped",
    metric: sourceMetric(statuses, "DroppedEventCount"),
    threshold: 1,
    meaning:
      "Changes were given up and could not be kept in the bucket FailedStreamBatches either: subscribers will not hear of them.",
    remedy:
      "see that fanout's role may write to the bucket; have subscribers read GET /v1/registrations?changedSince= anew.",
  },
  {
    name: "alerts-dropped",
    metric: sourceMetric(alerts, "DroppedEventCount"),
    threshold: 1,
    meaning:
      "Alerts were given up and could not be kept in the bucket FailedStreamBatches either: nobody will hear of them.",
    remedy:
      "see that fanout's role may write to the bucket; GET /v1/alerts?status=open shows what is open.",
  },
];

import { Duration } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { DataByName, NamedQueue } from "../data-by-name.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";
import { queueMetric } from "./queue-metric.ts";

const period = Duration.minutes(5);

/** How many messages wait in a queue. */
export const depthOf = (queue: NamedQueue): Metric =>
  queueMetric(queue, "ApproximateNumberOfMessagesVisible", period);

/** One alarm for each queue where something waits for a person. */
export const deadLetterAlarms = (
  { stage }: Settings,
  { rejectedEvents, failedChanges, evaluationDeadLetters }: DataByName["queues"],
): AlarmDefinition[] => [
  {
    name: "rejected-events-waiting",
    metric: depthOf(rejectedEvents),
    threshold: 1,
    meaning: "Events that ingest rejected wait for a decision; SQS deletes them after 14 days.",
    remedy: `run npm run rejected -- list --stage ${stage}, then retry or drop the events.`,
  },
  {
    name: "failed-changes-waiting",
    metric: depthOf(failedChanges),
    threshold: 1,
    meaning: "SNS refused changes or alerts permanently: subscribers have not received them.",
    remedy: `read the reason in the message, fix the cause, then run npm run redrive -- --stage ${stage}.`,
  },
  {
    name: "evaluation-dead-letters-waiting",
    metric: depthOf(evaluationDeadLetters),
    threshold: 1,
    meaning:
      "Messages to the evaluator failed five times: the scheduled run decides on what they were about, or no decision is made.",
    remedy: `read the errors of evaluate, fix their cause, then run npm run redrive -- --stage ${stage}.`,
  },
];

import { Duration } from "aws-cdk-lib";
import type { FunctionName } from "../functions/function-code.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import type { AlarmDefinition } from "./alarms.ts";

const period = Duration.minutes(5);

const failing: Readonly<Record<FunctionName, string>> = {
  ingest: "ingest fails: bridges get a 5xx for their events, keep them and send them again.",
  fanout: "fanout fails: changes and alerts are late; Lambda retries them for 6 hours.",
  evaluate:
    "evaluate fails: alerts are late; SQS delivers each message up to five times, and a scheduled run starts every minute.",
  query: "query fails: readers get a 5xx.",
  operate:
    "operate fails: people who read or acknowledge alerts, retire registrations or keep maintenance windows get a 5xx.",
  authorize: "authorize fails: readers get a 5xx instead of an answer.",
};

const throttled: Readonly<Record<FunctionName, string>> = {
  ingest: "Lambda throttles ingest: bridges get a 503, keep their events and send them again.",
  fanout: "Lambda throttles fanout: changes and alerts are late.",
  evaluate: "Lambda throttles evaluate: alerts are late.",
  query: "Lambda throttles query: readers get a 503.",
  operate: "Lambda throttles operate: people who work with alerts get a 503.",
  authorize: "Lambda throttles authorize: readers get a 5xx.",
};

/** Errors and throttles of one function. */
export const functionAlarms = (
  name: FunctionName,
  { function: lambda }: LambdaFunction,
): AlarmDefinition[] => [
  {
    name: `${name}-errors`,
    metric: lambda.metricErrors({ period }),
    threshold: 1,
    meaning: failing[name],
    remedy:
      "read the ERROR lines in the log group of the function; roll back if a deployment is recent.",
  },
  {
    name: `${name}-throttles`,
    metric: lambda.metricThrottles({ period }),
    threshold: 1,
    meaning: throttled[name],
    remedy:
      "compare the account's concurrency limit and the setting reservedConcurrency with the concurrency in use; ask AWS for a higher limit.",
  },
];

/** Messages of evaluate to itself that Lambda takes for an endless loop. It counts them only where loops are not allowed. */
export const loopAlarm = ({ function: evaluate }: LambdaFunction): AlarmDefinition => ({
  name: "recursive-invocations-dropped",
  metric: evaluate.metric("RecursiveInvocationsDropped", { statistic: "Sum", period }),
  threshold: 1,
  meaning:
    "Lambda takes the looks at open alerts for an endless loop and drops them: alerts are updated and resolved late.",
  remedy:
    "evaluate must allow recursive loops (aws lambda get-function-recursion-config); deploy again, then redrive the dead letters of the evaluation.",
});

/** How long the oldest change or alert has waited for fanout: Lambda counts this per function, over both its streams. */
export const lateChangesAlarm = ({ function: fanout }: LambdaFunction): AlarmDefinition => ({
  name: "changes-late",
  metric: fanout.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(1) }),
  threshold: Duration.minutes(1).toMilliseconds(),
  meaning: "Changes or alerts are more than a minute late: fanout fails or cannot keep up.",
  remedy:
    "look at the alarms fanout-errors and fanout-throttles, and at the state of SNS; after 6 hours Lambda moves changes to the bucket FailedStreamBatches.",
});

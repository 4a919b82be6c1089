import { Duration } from "aws-cdk-lib";
import type { FunctionName } from "../functions/function-code.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import type { AlarmDefinition } from "./alarms.ts";

const period = Duration.minutes(5);

const failing: Readonly<Record<FunctionName, string>> = {
  ingest: "ingest breaks off: bridges get a 5xx for their events, keep them and send them again.",
  fanout: "fanout breaks off: changes and alerts are late; Lambda tries them again for 6 hours.",
  evaluate:
    "evaluate breaks off: alerts are late; its messages come again, five times, and its clock every minute.",
  query: "query breaks off: readers get a 5xx.",
  operate:
    "operate breaks off: whoever looks at alerts, acknowledges, retires or keeps windows gets a 5xx.",
  authorize: "authorize breaks off: readers get a 5xx instead of an answer.",
};

const throttled: Readonly<Record<FunctionName, string>> = {
  ingest: "Calls of ingest are refused: bridges get a 503, keep their events and send them again.",
  fanout: "Calls of fanout are refused: changes and alerts are late.",
  evaluate: "Calls of evaluate are refused: alerts are late.",
  query: "Calls of query are refused: readers get a 503.",
  operate: "Calls of operate are refused: whoever works with alerts gets a 503.",
  authorize: "Calls of authorize are refused: readers get a 5xx.",
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
      "read the lines of level ERROR in the log group of the function; roll back if a deployment is new.",
  },
  {
    name: `${name}-throttles`,
    metric: lambda.metricThrottles({ period }),
    threshold: 1,
    meaning: throttled[name],
    remedy:
      "compare the account's concurrency limit, and the setting reservedConcurrency, with the use of both; ask AWS for more.",
  },
];

/** How long the oldest change or alert has waited for fanout: Lambda counts this by function, over both its streams. */
export const changesAreLate = ({ function: fanout }: LambdaFunction): AlarmDefinition => ({
  name: "changes-late",
  metric: fanout.metric("IteratorAge", { statistic: "Maximum", period: Duration.minutes(1) }),
  threshold: Duration.minutes(1).toMilliseconds(),
  meaning: "Changes or alerts come more than a minute late: fanout fails, or cannot keep up.",
  remedy:
    "look at the alarms fanout-errors and fanout-throttles and at the state of SNS; after 6 hours changes go to the bucket FailedStreamBatches.",
});

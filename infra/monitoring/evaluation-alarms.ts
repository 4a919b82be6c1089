import { Duration } from "aws-cdk-lib";
import type { DataByName } from "../data-by-name.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import { registrationMetric } from "../functions/registration-metrics.ts";
import type { ScheduledRun } from "../functions/scheduled-run.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";
import { queueMetric } from "./queue-metric.ts";

const period = Duration.minutes(5);

// SQS counts the age from the sending, and a message may be delayed by 15 minutes at most: 5 minutes more is late.
const lateAfter = Duration.minutes(20);

type EvaluationWatch = { readonly scheduledRun: ScheduledRun; readonly evaluate: LambdaFunction };

/** What can keep a loss from becoming an alert in time. */
export const evaluationAlarms = (
  settings: Settings,
  { evaluation }: DataByName["queues"],
  { scheduledRun, evaluate: { function: evaluate } }: EvaluationWatch,
): AlarmDefinition[] => [
  {
    name: "evaluation-late",
    metric: queueMetric(evaluation, "ApproximateAgeOfOldestMessage", period),
    threshold: lateAfter.toSeconds(),
    meaning:
      "A message to the evaluator is more than 5 minutes older than the longest possible delay: alerts are late.",
    remedy:
      "look at the alarms evaluate-errors and evaluate-throttles; nothing is lost, the evaluator catches up.",
  },
  {
    name: "evaluation-clock-stopped",
    metric: registrationMetric(settings, "ScheduledRuns"),
    threshold: 1,
    isBelow: true,
    meaning:
      "evaluate has not completed a scheduled run for 5 minutes: silent bridges go unnoticed, and what a lost message left open stays open.",
    remedy: `read the errors and REPORT lines in the log group of evaluate; if it was not called at all, check that the rule ${scheduledRun.ruleName} is enabled and may call it. Right after the first deployment this alarm comes and goes by itself.`,
  },
  {
    name: "scheduled-runs-dropped",
    metric: evaluate.metric("AsyncEventsDropped", { statistic: "Sum", period }),
    threshold: 1,
    meaning:
      "Lambda dropped a scheduled run of evaluate, which failed or found no free concurrency for a minute: the next run does its work.",
    remedy:
      "if it goes on, look at the alarms evaluate-errors and evaluate-throttles, and at evaluation-clock-stopped.",
  },
  {
    name: "evaluations-failed",
    metric: registrationMetric(settings, "EvaluationsFailed"),
    // A single failure is normal when a table is busy: SQS delivers the message again.
    threshold: 5,
    meaning:
      "Evaluations fail: their alerts are late, and after five attempts SQS moves their messages to the dead letters.",
    remedy: "read the ERROR lines in the log group of evaluate.",
  },
];

import { Duration } from "aws-cdk-lib";
import { registrationMetric } from "../functions/registration-metrics.ts";
import type { ScheduledRun } from "../functions/scheduled-run.ts";
import type { Queues } from "../messaging/queues.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";

const period = Duration.minutes(5);

// SQS counts the age from the sending, and a message may be delayed by 15 minutes at most: 5 minutes more is late.
const lateAfter = Duration.minutes(20);

/** What can keep a loss from becoming an alert in time. */
export const evaluationAlarms = (
  settings: Settings,
  { evaluation }: Queues,
  scheduledRun: ScheduledRun,
): AlarmDefinition[] => [
  {
    name: "evaluation-late",
    metric: evaluation.metricApproximateAgeOfOldestMessage({ period, statistic: "Maximum" }),
    threshold: lateAfter.toSeconds(),
    meaning:
      "A message to the evaluator is more than 5 minutes older than the longest possible delay: alerts are late.",
    remedy:
      "look at the alarms evaluate-errors and evaluate-throttles; nothing is lost, the evaluator catches up.",
  },
  {
    name: "evaluation-clock-stopped",
    metric: scheduledRun.metricRuns(period),
    threshold: 1,
    isBelow: true,
    meaning:
      "No scheduled run of the evaluator has started for 5 minutes: silent bridges go unnoticed, and what a lost message left open stays open.",
    remedy: `check that the rule ${scheduledRun.ruleName} is enabled and may call evaluate; right after the first deployment this alarm comes and goes by itself.`,
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

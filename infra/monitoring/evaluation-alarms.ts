import { Duration } from "aws-cdk-lib";
import { registrationMetric } from "../functions/registration-metrics.ts";
import type { EvaluationClock } from "../functions/scheduled-run.ts";
import type { Queues } from "../messaging/queues.ts";
import type { Settings } from "../settings/settings.ts";
import type { AlarmDefinition } from "./alarms.ts";

const period = Duration.minutes(5);

// The age counts from the sending, and what is sent may be delayed by 15 minutes at most: 5 minutes more is late.
const lateAfter = Duration.minutes(20);

/** What stands between a loss and its alert. */
export const evaluationAlarms = (
  settings: Settings,
  { evaluation }: Queues,
  clock: EvaluationClock,
): AlarmDefinition[] => [
  {
    name: "evaluation-late",
    metric: evaluation.metricApproximateAgeOfOldestMessage({ period, statistic: "Maximum" }),
    threshold: lateAfter.toSeconds(),
    meaning:
      "A message to the evaluator is more than 5 minutes older than the longest delay there is: alerts come late.",
    remedy:
      "look at the alarms evaluate-errors and evaluate-throttles; nothing is lost, the evaluator catches up.",
  },
  {
    name: "evaluation-clock-stopped",
    metric: clock.metricCalls(period),
    threshold: 1,
    isBelow: true,
    meaning:
      "The evaluator was not called for 5 minutes: nobody notices that a bridge is silent, and what a lost message left open stays open.",
    remedy: `see that the rule ${clock.name} is enabled and may call evaluate; right after the first deployment it comes and goes by itself.`,
  },
  {
    name: "evaluations-failed",
    metric: registrationMetric(settings, "EvaluationsFailed"),
    // A lone one is the way of a store that is busy: the message comes again.
    threshold: 5,
    meaning:
      "Evaluations fail: their alerts come late, and after five attempts their messages are dead letters.",
    remedy: "read the lines of level ERROR in the log group of evaluate.",
  },
];

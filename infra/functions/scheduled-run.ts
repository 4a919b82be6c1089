import { Duration, Validations } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import type { LambdaFunction } from "./lambda-function.ts";

interface EvaluationClockProps {
  readonly settings: Settings;
  readonly evaluate: LambdaFunction;
}

const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
const reason = "A call that failed is old in a minute, and then the next one does its work.";

/** Calls the evaluator every minute: for the silence of bridges, and for whatever a lost message left open. */
export class EvaluationClock extends Construct {
  /** The rule's name in EventBridge. */
  readonly name: string;

  constructor(scope: Construct, id: string, { settings, evaluate }: EvaluationClockProps) {
    super(scope, id);
    this.name = resourceName(settings, "evaluate-every-minute");
    evaluate.function.configureAsyncInvoke(once);
    Validations.of(evaluate.function).acknowledge({
      id: "Serverless-LambdaAsyncFailureDestination",
      reason,
    });
    const rule = new Rule(this, "Rule", {
      ruleName: this.name,
      description: "Has every open alert, held loss and silent bridge looked at",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(evaluate.function, once)],
    });
    Validations.of(rule).acknowledge({ id: "Serverless-EventBusDLQ", reason });
  }

  /** How often the evaluator was called. */
  metricCalls(period: Duration): Metric {
    return new Metric({
      namespace: "AWS/Events",
      metricName: "Invocations",
      dimensionsMap: { RuleName: this.name },
      statistic: "Sum",
      period,
    });
  }
}

import { Duration, Validations } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import type { LambdaFunction } from "./lambda-function.ts";

type ScheduledRunProps = {
  readonly settings: Settings;
  readonly evaluate: LambdaFunction;
};

const noRetries = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
const reason = "A run that failed is out of date after a minute, and the next run does its work.";

/** Calls the evaluator every minute: it finds silent bridges, and whatever a lost message left open. */
export class ScheduledRun extends Construct {
  /** The rule's name in EventBridge. */
  readonly ruleName: string;

  constructor(scope: Construct, id: string, { settings, evaluate }: ScheduledRunProps) {
    super(scope, id);
    this.ruleName = resourceName(settings, "evaluate-every-minute");
    evaluate.function.configureAsyncInvoke(noRetries);
    Validations.of(evaluate.function).acknowledge({
      id: "Serverless-LambdaAsyncFailureDestination",
      reason,
    });
    const rule = new Rule(this, "Rule", {
      ruleName: this.ruleName,
      description: "Has the evaluator check every open alert, held loss and silent bridge",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(evaluate.function, noRetries)],
    });
    Validations.of(rule).acknowledge({ id: "Serverless-EventBusDLQ", reason });
  }
}

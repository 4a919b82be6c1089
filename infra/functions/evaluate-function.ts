import { Construct } from "constructs";
import {
  alertsTableKeys,
  connectionsTableKeys,
  lossesTableKeys,
  statusTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import type { DataStack } from "../data-stack.ts";
import { evaluationTimeoutSeconds } from "../messaging/queues.ts";
import { alertingEnvironment } from "./alerting-environment.ts";
import { feedFromEvaluationQueue } from "./evaluation-source.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow, indexArns } from "./permissions.ts";
import { EvaluationClock } from "./scheduled-run.ts";
import type { CapabilityProps } from "./service-props.ts";

const readAndWrite = ({ tables, alerting }: DataStack) => {
  const { byServerState, byState } = statusTableKeys;
  const { byAlert, byHeld } = lossesTableKeys;
  return [
    allow(
      ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [tables.status.tableArn],
    ),
    allow(["dynamodb:BatchWriteItem", "dynamodb:PutItem"], [tables.history.tableArn]),
    allow(
      ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [alerting.losses.tableArn],
    ),
    allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], [alerting.alerts.tableArn]),
    allow(
      ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [alerting.connections.tableArn],
    ),
    allow(
      ["dynamodb:Query"],
      [
        ...indexArns(tables.status, byServerState, byState),
        ...indexArns(alerting.losses, byAlert, byHeld),
        ...indexArns(alerting.alerts, alertsTableKeys.byDue),
        ...indexArns(alerting.connections, connectionsTableKeys.byAll),
        alerting.windows.tableArn,
      ],
    ),
  ];
};

/** Deciding who is told: the function that evaluates losses, fed by its queue and once a minute by the clock. */
export class Evaluation extends Construct {
  readonly evaluate: LambdaFunction;
  readonly clock: EvaluationClock;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    const { settings, data, code } = props;
    const queue = data.queues.evaluation.queueArn;
    this.evaluate = new LambdaFunction(this, "Evaluate", {
      settings,
      code,
      name: "evaluate",
      description: "Decides which losses are told as alerts, and watches the bridges' connections",
      memoryMegabytes: 1024,
      timeoutSeconds: evaluationTimeoutSeconds,
      environment: alertingEnvironment(props),
      allowed: [
        ...readAndWrite(data),
        allow(
          [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
            "sqs:SendMessage",
          ],
          [queue],
        ),
      ],
    });
    feedFromEvaluationQueue(this.evaluate, data);
    this.clock = new EvaluationClock(this, "Clock", { settings, evaluate: this.evaluate });
  }
}

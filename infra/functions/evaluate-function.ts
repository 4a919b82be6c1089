import { Duration, Validations } from "aws-cdk-lib";
import { EventSourceMapping, RecursiveLoop } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import {
  alertsTableKeys,
  connectionsTableKeys,
  lossesTableKeys,
  statusTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import type { EvaluateEnvironment } from "../../lambda/environment.ts";
import type { DataByName } from "../data-by-name.ts";
import { evaluationTimeoutSeconds } from "../messaging/queues.ts";
import { alertingEnvironment } from "./alerting-environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow, indexArns } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";

const tablePermissions = ({ tables }: DataByName) => {
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
      [tables.losses.tableArn],
    ),
    allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], [tables.alerts.tableArn]),
    allow(
      ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [tables.connections.tableArn],
    ),
    allow(
      ["dynamodb:Query"],
      [
        ...indexArns(tables.status, byServerState, byState),
        ...indexArns(tables.losses, byAlert, byHeld),
        ...indexArns(tables.alerts, alertsTableKeys.byDue),
        ...indexArns(tables.connections, connectionsTableKeys.byAll),
        tables.windows.tableArn,
      ],
    ),
  ];
};

const queuePermissions = ({ queues }: DataByName) =>
  allow(
    [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ],
    [queues.evaluation.queueArn],
  );

/** Decides which losses become alerts; the evaluation queue brings them when they are due. */
export class EvaluateFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: ServiceProps) {
    const { settings, data, code } = props;
    const { bridgeKeys } = data.secretArns;
    super(scope, id, {
      settings,
      code,
      name: "evaluate",
      description: "Decides which losses become alerts, and watches the bridges' connections",
      memoryMegabytes: 1024,
      timeoutSeconds: evaluationTimeoutSeconds,
      environment: {
        ...alertingEnvironment(props),
        BRIDGE_KEYS_SECRET: bridgeKeys,
      } satisfies EvaluateEnvironment,
      allowed: [
        ...tablePermissions(data),
        queuePermissions(data),
        // Which keys are live: what a revoked one said holds no alert back.
        allow(["secretsmanager:GetSecretValue"], [bridgeKeys]),
      ],
      // An open alert is looked at every five minutes by a message that the last look sent. Lambda takes that for a loop
      // and drops it after 16 looks: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.feedFromQueue(data);
  }

  /** Feeds the function from the evaluation queue, whose delays are the hold-downs. */
  private feedFromQueue({ queues }: DataByName): void {
    const source = new EventSourceMapping(this, "EvaluationQueue", {
      target: this.function,
      eventSourceArn: queues.evaluation.queueArn,
      batchSize: 100,
      // Losses that happen together are evaluated together: an incident is one alert, written a few times only.
      maxBatchingWindow: Duration.seconds(2),
      reportBatchItemFailures: true,
      // Evaluators of one incident write the same alert, so more of them would mostly make each other repeat; and
      // ingest needs the ten concurrent calls of a new account first.
      maxConcurrency: 5,
    });
    Validations.of(source).acknowledge({
      id: "Serverless-LambdaEventSourceMappingDestination",
      reason:
        "A message that fails stays in the queue; after five attempts SQS moves it to its dead letters.",
    });
  }
}

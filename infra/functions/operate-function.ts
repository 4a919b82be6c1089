import type { Construct } from "constructs";
import {
  alertsTableKeys,
  lossesTableKeys,
  statusTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import type { OperateEnvironment } from "../../lambda/environment.ts";
import type { DataByName } from "../data-by-name.ts";
import { alertingEnvironment } from "./alerting-environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow, indexArns } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";

const tablePermissions = ({ tables }: DataByName) => {
  const { byId, byStatus, byServerStatus } = alertsTableKeys;
  return [
    allow(
      ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [tables.status.tableArn],
    ),
    allow(["dynamodb:BatchWriteItem", "dynamodb:PutItem"], [tables.history.tableArn]),
    allow(["dynamodb:BatchGetItem", "dynamodb:Query"], [tables.losses.tableArn]),
    allow(
      ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"],
      [tables.alerts.tableArn],
    ),
    allow(
      ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
      [tables.connections.tableArn],
    ),
    allow(["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query"], [tables.windows.tableArn]),
    allow(
      ["dynamodb:Query"],
      [
        ...indexArns(tables.status, statusTableKeys.byServerState, statusTableKeys.byState),
        ...indexArns(tables.losses, lossesTableKeys.byAlert, lossesTableKeys.byHeld),
        ...indexArns(tables.alerts, byId, byStatus, byServerStatus),
      ],
    ),
  ];
};

/** Serves the people who operate the system: alerts, acknowledgements, maintenance windows, retirements. */
export class OperateFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: ServiceProps) {
    const { settings, data, code } = props;
    super(scope, id, {
      settings,
      code,
      name: "operate",
      description:
        "Shows and acknowledges alerts, keeps maintenance windows, retires registrations",
      memoryMegabytes: 512,
      timeoutSeconds: 10,
      environment: {
        ...alertingEnvironment(props),
        TIME_ZONE: settings.timeZone,
      } satisfies OperateEnvironment,
      allowed: [
        ...tablePermissions(data),
        allow(["sqs:SendMessage"], [data.queues.evaluation.queueArn]),
      ],
    });
  }
}

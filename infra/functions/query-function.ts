import type { Construct } from "constructs";
import { statusTableKeys } from "../../lambda/adapters/table-keys.ts";
import type { QueryEnvironment } from "../../lambda/environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow, indexArns } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";

/** Answers readers: registrations, lists and history. */
export class QueryFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { settings, data, code }: ServiceProps) {
    const { status, history, connections } = data.tables;
    const indexes = indexArns(status, statusTableKeys.byServerState, statusTableKeys.byState);
    super(scope, id, {
      settings,
      code,
      name: "query",
      description: "Answers readers: registrations, lists and history",
      memoryMegabytes: 512,
      timeoutSeconds: 10,
      environment: {
        STATUS_TABLE: status.tableName,
        HISTORY_TABLE: history.tableName,
        HISTORY_RETENTION_DAYS: String(settings.historyRetentionDays),
        CONNECTIONS_TABLE: connections.tableName,
      } satisfies QueryEnvironment,
      allowed: [
        allow(["dynamodb:BatchGetItem", "dynamodb:Query"], [status.tableArn]),
        allow(["dynamodb:Query"], [...indexes, history.tableArn, connections.tableArn]),
      ],
    });
  }
}

import type { Construct } from "constructs";
import { connectionsTableKeys } from "../../lambda/adapters/table-keys.ts";
import type { IngestEnvironment } from "../../lambda/environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow, indexArns } from "./permissions.ts";
import type { ServiceProps } from "./service-props.ts";

/** Takes the events of the bridges: checks, merges and stores them. */
export class IngestFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { settings, data, code }: ServiceProps) {
    const { tables, queues, secretArns } = data;
    super(scope, id, {
      settings,
      code,
      name: "ingest",
      description: "Checks, merges and stores the events of the bridges",
      memoryMegabytes: 1024,
      // API Gateway gives up after 30 seconds.
      timeoutSeconds: 29,
      environment: {
        STATUS_TABLE: tables.status.tableName,
        HISTORY_TABLE: tables.history.tableName,
        REJECTED_EVENTS_QUEUE_URL: queues.rejectedEvents.queueUrl,
        BRIDGE_KEYS_SECRET: secretArns.bridgeKeys,
        HISTORY_RETENTION_DAYS: String(settings.historyRetentionDays),
        CONNECTIONS_TABLE: tables.connections.tableName,
        EVALUATION_QUEUE_URL: queues.evaluation.queueUrl,
        ALERT_RULES: JSON.stringify(settings.alerts),
        SERVERS_PER_KEY: String(settings.serversPerKey),
      } satisfies IngestEnvironment,
      allowed: [
        allow(["dynamodb:BatchGetItem", "dynamodb:PutItem"], [tables.status.tableArn]),
        allow(["dynamodb:PutItem", "dynamodb:BatchWriteItem"], [tables.history.tableArn]),
        allow(
          ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
          [tables.connections.tableArn],
        ),
        allow(["dynamodb:Query"], indexArns(tables.connections, connectionsTableKeys.byAll)),
        allow(["sqs:SendMessage"], [queues.rejectedEvents.queueArn, queues.evaluation.queueArn]),
        allow(["secretsmanager:GetSecretValue"], [secretArns.bridgeKeys]),
      ],
    });
  }
}

import { Construct } from "constructs";
import { statusTableKeys } from "../../lambda/adapters/table-keys.ts";
import type { AuthorizeEnvironment, QueryEnvironment } from "../../lambda/environment.ts";
import { LambdaFunction } from "./lambda-function.ts";
import { allow, indexArns } from "./permissions.ts";
import type { CapabilityProps } from "./service-props.ts";

/** Reading: the function that answers, and the one that knows the readers' tokens. */
export class Reading extends Construct {
  readonly query: LambdaFunction;
  readonly authorize: LambdaFunction;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    this.query = this.queryFunction(props);
    this.authorize = this.authorizeFunction(props);
  }

  private queryFunction({ settings, data, code }: CapabilityProps): LambdaFunction {
    const { status, history } = data.tables;
    const { connections } = data.alerting;
    const indexes = indexArns(status, statusTableKeys.byServerState, statusTableKeys.byState);
    return new LambdaFunction(this, "Query", {
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

  private authorizeFunction({ settings, data, code }: CapabilityProps): LambdaFunction {
    const { secretArn } = data.secrets.readerTokens;
    return new LambdaFunction(this, "Authorize", {
      settings,
      code,
      name: "authorize",
      description: "Finds the scopes of a reader's token",
      memoryMegabytes: 256,
      timeoutSeconds: 5,
      environment: { READER_TOKENS_SECRET: secretArn } satisfies AuthorizeEnvironment,
      allowed: [allow(["secretsmanager:GetSecretValue"], [secretArn])],
    });
  }
}

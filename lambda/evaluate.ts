import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createAlertingPorts } from "./adapters/alerting-ports.ts";
import { createReadAllConnections } from "./adapters/read-all-connections.ts";
import { createReadDueAlerts } from "./adapters/read-due-alerts.ts";
import { createReadLatestAlert } from "./adapters/read-latest-alert.ts";
import { createReadLiveKeys } from "./adapters/read-live-keys.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createRetrySooner } from "./adapters/retry-sooner.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createWriteLoss } from "./adapters/write-loss.ts";
import { EvaluateEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createEvaluateHandler } from "./handlers/evaluate-handler.ts";
import { createEvaluation } from "./use-cases/evaluate/evaluation.ts";

const environment = v.parse(EvaluateEnvironmentSchema, process.env);
const { LOSSES_TABLE, ALERTS_TABLE, CONNECTIONS_TABLE, HISTORY_RETENTION_DAYS } = environment;
const dynamodb = new DynamoDBClient({ requestHandler });
const secrets = new SecretsManagerClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
const telemetry = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);

/** The evaluation queue and the schedule: decides which losses need an alert, and watches the bridges' connections. */
export const handler = createEvaluateHandler({
  ...createEvaluation({
    ...createAlertingPorts({ dynamodb, sqs }, environment),
    writeLoss: createWriteLoss(dynamodb, LOSSES_TABLE, HISTORY_RETENTION_DAYS),
    readLatestAlert: createReadLatestAlert(dynamodb, ALERTS_TABLE),
    readDueAlerts: createReadDueAlerts(dynamodb, ALERTS_TABLE),
    readAllConnections: createReadAllConnections(dynamodb, CONNECTIONS_TABLE),
    readLiveKeys: createReadLiveKeys(
      secrets,
      environment.BRIDGE_KEYS_SECRET,
      telemetry.log,
      Date.now,
    ),
    emitMetrics: telemetry.emitMetrics,
    rules: environment.ALERT_RULES,
    now: () => Date.now() * 1000,
  }),
  retrySooner: createRetrySooner(sqs, environment.EVALUATION_QUEUE_URL),
  ...telemetry,
});

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createAlertingPorts } from "./adapters/alerting-ports.ts";
import { createDeleteWindow } from "./adapters/delete-window.ts";
import { createListAlerts } from "./adapters/list-alerts.ts";
import { createPutWindow } from "./adapters/put-window.ts";
import { createReadAlertById } from "./adapters/read-alert-by-id.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createZone } from "./domain/zone.ts";
import { OperateEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createOperateAnswers } from "./handlers/operate-answers.ts";
import { createRouter } from "./handlers/router.ts";
import { operateRoutes } from "./routes.ts";

const environment = v.parse(OperateEnvironmentSchema, process.env);
const { ALERTS_TABLE, WINDOWS_TABLE, HISTORY_RETENTION_DAYS } = environment;
const dynamodb = new DynamoDBClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
const telemetry = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);

const answers = createOperateAnswers({
  ...createAlertingPorts({ dynamodb, sqs }, environment),
  readAlertById: createReadAlertById(dynamodb, ALERTS_TABLE),
  listAlerts: createListAlerts(dynamodb, ALERTS_TABLE),
  putWindow: createPutWindow(dynamodb, WINDOWS_TABLE, HISTORY_RETENTION_DAYS),
  deleteWindow: createDeleteWindow(dynamodb, WINDOWS_TABLE),
  emitMetrics: telemetry.emitMetrics,
  rules: environment.ALERT_RULES,
  zone: createZone(environment.TIME_ZONE),
  now: () => Date.now() * 1000,
});

/** The routes of alerts and maintenance. */
export const handler = createRouter(operateRoutes, answers, (error, requestId) => {
  telemetry.log("error", "request failed", { requestId, error });
});

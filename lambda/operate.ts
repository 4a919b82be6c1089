import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createAddToHistory } from "./adapters/add-to-history.ts";
import { createDeleteWindow } from "./adapters/delete-window.ts";
import { hashText } from "./adapters/hash-text.ts";
import { createListAlerts } from "./adapters/list-alerts.ts";
import { createPutWindow } from "./adapters/put-window.ts";
import { createReadAlert } from "./adapters/read-alert.ts";
import { createReadAlertById } from "./adapters/read-alert-by-id.ts";
import { createReadConnection } from "./adapters/read-connection.ts";
import { createReadConnectionsOfServer } from "./adapters/read-connections-of-server.ts";
import { createReadHeld } from "./adapters/read-held.ts";
import { createReadList } from "./adapters/read-list.ts";
import { createReadLosses } from "./adapters/read-losses.ts";
import { createReadLossesOfDn } from "./adapters/read-losses-of-dn.ts";
import { createReadMembers } from "./adapters/read-members.ts";
import { createReadStatuses } from "./adapters/read-statuses.ts";
import { createReadStatusesOfDn } from "./adapters/read-statuses-of-dn.ts";
import { createReadWindows } from "./adapters/read-windows.ts";
import { createRequestEvaluation } from "./adapters/request-evaluation.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createWriteAlert } from "./adapters/write-alert.ts";
import { createWriteConnection } from "./adapters/write-connection.ts";
import { createWriteHistory } from "./adapters/write-history.ts";
import { createWriteStatus } from "./adapters/write-status.ts";
import { AlertingEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createOperateRoutes } from "./handlers/operate-routes.ts";
import { createRouter } from "./handlers/router.ts";

const environment = v.parse(AlertingEnvironmentSchema, process.env);
const dynamodb = new DynamoDBClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
const { log } = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);

const { STATUS_TABLE, HISTORY_TABLE, LOSSES_TABLE, ALERTS_TABLE } = environment;
const { CONNECTIONS_TABLE, WINDOWS_TABLE, HISTORY_RETENTION_DAYS: retentionDays } = environment;
const addToHistory = createAddToHistory(dynamodb, HISTORY_TABLE, retentionDays);

const routes = createOperateRoutes({
  readStatuses: createReadStatuses(dynamodb, STATUS_TABLE),
  readList: createReadList(dynamodb, STATUS_TABLE),
  readStatusesOfDn: createReadStatusesOfDn(dynamodb, STATUS_TABLE),
  writeStatus: createWriteStatus(dynamodb, STATUS_TABLE),
  writeHistory: createWriteHistory(dynamodb, HISTORY_TABLE, retentionDays, addToHistory),
  addToHistory,
  readLosses: createReadLosses(dynamodb, LOSSES_TABLE),
  readLossesOfDn: createReadLossesOfDn(dynamodb, LOSSES_TABLE),
  readMembers: createReadMembers(dynamodb, LOSSES_TABLE),
  readHeld: createReadHeld(dynamodb, LOSSES_TABLE),
  readAlert: createReadAlert(dynamodb, ALERTS_TABLE),
  readAlertById: createReadAlertById(dynamodb, ALERTS_TABLE),
  listAlerts: createListAlerts(dynamodb, ALERTS_TABLE),
  writeAlert: createWriteAlert(dynamodb, ALERTS_TABLE, retentionDays),
  readConnection: createReadConnection(dynamodb, CONNECTIONS_TABLE),
  readConnectionsOfServer: createReadConnectionsOfServer(dynamodb, CONNECTIONS_TABLE),
  writeConnection: createWriteConnection(dynamodb, CONNECTIONS_TABLE),
  readWindows: createReadWindows(dynamodb, WINDOWS_TABLE),
  putWindow: createPutWindow(dynamodb, WINDOWS_TABLE, retentionDays),
  deleteWindow: createDeleteWindow(dynamodb, WINDOWS_TABLE),
  requestEvaluation: createRequestEvaluation(sqs, environment.EVALUATION_QUEUE_URL),
  rules: environment.ALERT_RULES,
  hash: hashText,
  now: () => Date.now() * 1000,
});

/** The routes of alerts and of keeping house. */
export const handler = createRouter(routes, (error, requestId) => {
  log("error", "request failed", { requestId, error });
});

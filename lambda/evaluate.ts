import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { createAddToHistory } from "./adapters/add-to-history.ts";
import { hashText } from "./adapters/hash-text.ts";
import { createReadAlert } from "./adapters/read-alert.ts";
import { createReadAllConnections } from "./adapters/read-all-connections.ts";
import { createReadConnection } from "./adapters/read-connection.ts";
import { createReadConnectionsOfServer } from "./adapters/read-connections-of-server.ts";
import { createReadDueAlerts } from "./adapters/read-due-alerts.ts";
import { createReadHeld } from "./adapters/read-held.ts";
import { createReadLatestAlert } from "./adapters/read-latest-alert.ts";
import { createReadList } from "./adapters/read-list.ts";
import { createReadLosses } from "./adapters/read-losses.ts";
import { createReadLossesOfDn } from "./adapters/read-losses-of-dn.ts";
import { createReadMembers } from "./adapters/read-members.ts";
import { createReadStatuses } from "./adapters/read-statuses.ts";
import { createReadStatusesOfDn } from "./adapters/read-statuses-of-dn.ts";
import { createReadWindows } from "./adapters/read-windows.ts";
import { createRequestEvaluation } from "./adapters/request-evaluation.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { createRetrySooner } from "./adapters/retry-sooner.ts";
import { createTelemetry } from "./adapters/telemetry.ts";
import { createWriteAlert } from "./adapters/write-alert.ts";
import { createWriteConnection } from "./adapters/write-connection.ts";
import { createWriteHistory } from "./adapters/write-history.ts";
import { createWriteLoss } from "./adapters/write-loss.ts";
import { createWriteStatus } from "./adapters/write-status.ts";
import { AlertingEnvironmentSchema, TelemetryEnvironmentSchema } from "./environment.ts";
import { createEvaluateHandler } from "./handlers/evaluate-handler.ts";
import { createConnectionEvaluation } from "./use-cases/evaluate/connection-evaluation.ts";
import { createEvaluateLosses } from "./use-cases/evaluate/evaluate-losses.ts";
import { createFindUndecided } from "./use-cases/evaluate/find-undecided.ts";
import { createIsConditionOngoing } from "./use-cases/evaluate/is-condition-ongoing.ts";
import { createReconcileCondition } from "./use-cases/evaluate/reconcile-condition.ts";
import { createReleaseHeld } from "./use-cases/evaluate/release-held.ts";
import { createScheduledRun } from "./use-cases/evaluate/scheduled-run.ts";
import { createSettleAlert } from "./use-cases/evaluate/settle-alert.ts";

const environment = v.parse(AlertingEnvironmentSchema, process.env);
const dynamodb = new DynamoDBClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });

const { STATUS_TABLE, HISTORY_TABLE, HISTORY_RETENTION_DAYS } = environment;
const { LOSSES_TABLE, ALERTS_TABLE, CONNECTIONS_TABLE, WINDOWS_TABLE } = environment;
const addToHistory = createAddToHistory(dynamodb, HISTORY_TABLE, HISTORY_RETENTION_DAYS);
const observation = createTelemetry(v.parse(TelemetryEnvironmentSchema, process.env), Date.now);

const ports = {
  readStatuses: createReadStatuses(dynamodb, STATUS_TABLE),
  readStatusesOfDn: createReadStatusesOfDn(dynamodb, STATUS_TABLE),
  readList: createReadList(dynamodb, STATUS_TABLE),
  writeStatus: createWriteStatus(dynamodb, STATUS_TABLE),
  writeHistory: createWriteHistory(dynamodb, HISTORY_TABLE, HISTORY_RETENTION_DAYS, addToHistory),
  readLosses: createReadLosses(dynamodb, LOSSES_TABLE),
  readLossesOfDn: createReadLossesOfDn(dynamodb, LOSSES_TABLE),
  writeLoss: createWriteLoss(dynamodb, LOSSES_TABLE, HISTORY_RETENTION_DAYS),
  readMembers: createReadMembers(dynamodb, LOSSES_TABLE),
  readHeld: createReadHeld(dynamodb, LOSSES_TABLE),
  readAlert: createReadAlert(dynamodb, ALERTS_TABLE),
  readLatestAlert: createReadLatestAlert(dynamodb, ALERTS_TABLE),
  readDueAlerts: createReadDueAlerts(dynamodb, ALERTS_TABLE),
  writeAlert: createWriteAlert(dynamodb, ALERTS_TABLE, HISTORY_RETENTION_DAYS),
  readWindows: createReadWindows(dynamodb, WINDOWS_TABLE),
  readConnection: createReadConnection(dynamodb, CONNECTIONS_TABLE),
  readConnectionsOfServer: createReadConnectionsOfServer(dynamodb, CONNECTIONS_TABLE),
  readAllConnections: createReadAllConnections(dynamodb, CONNECTIONS_TABLE),
  writeConnection: createWriteConnection(dynamodb, CONNECTIONS_TABLE),
  requestEvaluation: createRequestEvaluation(sqs, environment.EVALUATION_QUEUE_URL),
  emitMetrics: observation.emitMetrics,
  hash: hashText,
  rules: environment.ALERT_RULES,
  now: () => Date.now() * 1000,
};

const evaluateLosses = createEvaluateLosses(ports);
const releaseHeld = createReleaseHeld({ ...ports, evaluateLosses });
const settleAlert = createSettleAlert({ ...ports, isOngoing: createIsConditionOngoing(ports) });
const reconcileCondition = createReconcileCondition(ports);
const { evaluateConnection, sweep } = createConnectionEvaluation({
  ...ports,
  reconcileCondition,
  releaseHeld,
});
const runSchedule = createScheduledRun({
  ...ports,
  evaluateConnection,
  settleAlert,
  releaseHeld,
  findUndecided: createFindUndecided({ ...ports, evaluateLosses }),
});

/** The evaluation queue and the schedule: decides which losses are told as alerts, and watches the bridges' connections. */
export const handler = createEvaluateHandler({
  evaluateLosses,
  settleAlert,
  evaluateConnection,
  releaseHeld,
  sweep,
  runSchedule,
  retrySooner: createRetrySooner(sqs, environment.EVALUATION_QUEUE_URL),
  ...observation,
});

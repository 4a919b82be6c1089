import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { createAddToHistory } from "./add-to-history.ts";
import { hashText } from "./hash-text.ts";
import { createReadAlert } from "./read-alert.ts";
import { createReadConnection } from "./read-connection.ts";
import { createReadConnectionsOfServer } from "./read-connections-of-server.ts";
import { createReadHeld } from "./read-held.ts";
import { createReadList } from "./read-list.ts";
import { createReadLosses } from "./read-losses.ts";
import { createReadLossesOfDn } from "./read-losses-of-dn.ts";
import { createReadMembers } from "./read-members.ts";
import { createReadStatuses } from "./read-statuses.ts";
import { createReadStatusesOfDn } from "./read-statuses-of-dn.ts";
import { createReadWindows } from "./read-windows.ts";
import { createRequestEvaluation } from "./request-evaluation.ts";
import { createWriteAlert } from "./write-alert.ts";
import { createWriteConnection } from "./write-connection.ts";
import { createWriteHistory } from "./write-history.ts";
import { createWriteStatus } from "./write-status.ts";

/** The clients of the functions that work on losses and alerts. */
export type AlertingClients = { dynamodb: DynamoDBClient; sqs: SQSClient };

/** Names and addresses of the resources that these functions share (environment.ts). */
export type AlertingNames = {
  readonly STATUS_TABLE: string;
  readonly HISTORY_TABLE: string;
  readonly LOSSES_TABLE: string;
  readonly ALERTS_TABLE: string;
  readonly CONNECTIONS_TABLE: string;
  readonly WINDOWS_TABLE: string;
  readonly EVALUATION_QUEUE_URL: string;
  readonly HISTORY_RETENTION_DAYS: number;
};

/** Builds the ports that `evaluate` and `operate` share; each adds its own. */
export const createAlertingPorts = ({ dynamodb, sqs }: AlertingClients, names: AlertingNames) => {
  const { STATUS_TABLE: statuses, HISTORY_TABLE: history, HISTORY_RETENTION_DAYS: days } = names;
  const { LOSSES_TABLE: losses, ALERTS_TABLE: alerts, CONNECTIONS_TABLE: connections } = names;
  const addToHistory = createAddToHistory(dynamodb, history, days);
  return {
    readStatuses: createReadStatuses(dynamodb, statuses),
    readStatusesOfDn: createReadStatusesOfDn(dynamodb, statuses),
    readList: createReadList(dynamodb, statuses),
    writeStatus: createWriteStatus(dynamodb, statuses),
    addToHistory,
    writeHistory: createWriteHistory(dynamodb, history, days, addToHistory),
    readLosses: createReadLosses(dynamodb, losses),
    readLossesOfDn: createReadLossesOfDn(dynamodb, losses),
    readMembers: createReadMembers(dynamodb, losses),
    readHeld: createReadHeld(dynamodb, losses),
    readAlert: createReadAlert(dynamodb, alerts),
    writeAlert: createWriteAlert(dynamodb, alerts, days),
    readConnection: createReadConnection(dynamodb, connections),
    readConnectionsOfServer: createReadConnectionsOfServer(dynamodb, connections),
    writeConnection: createWriteConnection(dynamodb, connections),
    readWindows: createReadWindows(dynamodb, names.WINDOWS_TABLE),
    requestEvaluation: createRequestEvaluation(sqs, names.EVALUATION_QUEUE_URL),
    hash: hashText,
  };
};

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
  const { STATUS_TABLE, HISTORY_TABLE, LOSSES_TABLE, ALERTS_TABLE, CONNECTIONS_TABLE } = names;
  const { HISTORY_RETENTION_DAYS: retentionDays } = names;
  const addToHistory = createAddToHistory(dynamodb, HISTORY_TABLE, retentionDays);
  return {
    readStatuses: createReadStatuses(dynamodb, STATUS_TABLE),
    readStatusesOfDn: createReadStatusesOfDn(dynamodb, STATUS_TABLE),
    readList: createReadList(dynamodb, STATUS_TABLE),
    writeStatus: createWriteStatus(dynamodb, STATUS_TABLE),
    addToHistory,
    writeHistory: createWriteHistory(dynamodb, HISTORY_TABLE, retentionDays, addToHistory),
    readLosses: createReadLosses(dynamodb, LOSSES_TABLE),
    readLossesOfDn: createReadLossesOfDn(dynamodb, LOSSES_TABLE),
    readMembers: createReadMembers(dynamodb, LOSSES_TABLE),
    readHeld: createReadHeld(dynamodb, LOSSES_TABLE),
    readAlert: createReadAlert(dynamodb, ALERTS_TABLE),
    writeAlert: createWriteAlert(dynamodb, ALERTS_TABLE, retentionDays),
    readConnection: createReadConnection(dynamodb, CONNECTIONS_TABLE),
    readConnectionsOfServer: createReadConnectionsOfServer(dynamodb, CONNECTIONS_TABLE),
    writeConnection: createWriteConnection(dynamodb, CONNECTIONS_TABLE),
    readWindows: createReadWindows(dynamodb, names.WINDOWS_TABLE),
    requestEvaluation: createRequestEvaluation(sqs, names.EVALUATION_QUEUE_URL),
    hash: hashText,
  };
};

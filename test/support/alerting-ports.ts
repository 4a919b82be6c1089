import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDeleteWindow } from "../../lambda/adapters/delete-window.ts";
import { createListAlerts } from "../../lambda/adapters/list-alerts.ts";
import { createNameLists } from "../../lambda/adapters/name-lists.ts";
import { createPutWindow } from "../../lambda/adapters/put-window.ts";
import { createReadAlert } from "../../lambda/adapters/read-alert.ts";
import { createReadAlertById } from "../../lambda/adapters/read-alert-by-id.ts";
import { createReadAllConnections } from "../../lambda/adapters/read-all-connections.ts";
import { createReadConnection } from "../../lambda/adapters/read-connection.ts";
import { createReadConnectionsOfServer } from "../../lambda/adapters/read-connections-of-server.ts";
import { createReadDueAlerts } from "../../lambda/adapters/read-due-alerts.ts";
import { createReadHeld } from "../../lambda/adapters/read-held.ts";
import { createReadLatestAlert } from "../../lambda/adapters/read-latest-alert.ts";
import { createReadLosses } from "../../lambda/adapters/read-losses.ts";
import { createReadLossesOfDn } from "../../lambda/adapters/read-losses-of-dn.ts";
import { createReadMembers } from "../../lambda/adapters/read-members.ts";
import { createReadWindows } from "../../lambda/adapters/read-windows.ts";
import {
  alertsTableKeys,
  connectionsTableKeys,
  lossesTableKeys,
  windowsTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import { createWriteAlert } from "../../lambda/adapters/write-alert.ts";
import { createWriteConnection } from "../../lambda/adapters/write-connection.ts";
import { createWriteLoss } from "../../lambda/adapters/write-loss.ts";
import { createTable } from "./create-table.ts";
import type { InMemoryAlerting } from "./in-memory-alerting.ts";

/** The ports of the tables of losses, alerts, connections and windows: what their contract suite is about. */
export type AlertingPorts = Omit<
  InMemoryAlerting,
  | "losses"
  | "alerts"
  | "alertWrites"
  | "connections"
  | "names"
  | "windows"
  | "liveKeys"
  | "readLiveKeys"
  | "requests"
  | "requestEvaluation"
>;

/** Creates the four tables under names of their own, as the stack does. */
export const createAlertingTables = async (
  client: DynamoDBClient,
  prefix: string,
): Promise<void> => {
  await createTable(client, `${prefix}-losses`, lossesTableKeys);
  await createTable(client, `${prefix}-alerts`, alertsTableKeys);
  await createTable(client, `${prefix}-connections`, connectionsTableKeys);
  await createTable(client, `${prefix}-windows`, windowsTableKeys);
};

const createLossPorts = (client: DynamoDBClient, table: string) => ({
  readLosses: createReadLosses(client, table),
  readLossesOfDn: createReadLossesOfDn(client, table),
  writeLoss: createWriteLoss(client, table, 400),
  readMembers: createReadMembers(client, table),
  readHeld: createReadHeld(client, table),
});

const createAlertPorts = (client: DynamoDBClient, table: string) => ({
  readAlert: createReadAlert(client, table),
  readLatestAlert: createReadLatestAlert(client, table),
  readAlertById: createReadAlertById(client, table),
  writeAlert: createWriteAlert(client, table, 400),
  readDueAlerts: createReadDueAlerts(client, table),
  listAlerts: createListAlerts(client, table),
});

/** The adapters of the four tables, which keep items for 400 days after they are over. */
export const createAlertingPorts = (client: DynamoDBClient, prefix: string): AlertingPorts => {
  const connections = `${prefix}-connections`;
  const windows = `${prefix}-windows`;
  return {
    ...createLossPorts(client, `${prefix}-losses`),
    ...createAlertPorts(client, `${prefix}-alerts`),
    readConnection: createReadConnection(client, connections),
    readConnectionsOfServer: createReadConnectionsOfServer(client, connections),
    readAllConnections: createReadAllConnections(client, connections),
    writeConnection: createWriteConnection(client, connections),
    ...createNameLists(client, connections),
    readWindows: createReadWindows(client, windows),
    putWindow: createPutWindow(client, windows, 400),
    deleteWindow: createDeleteWindow(client, windows),
  };
};

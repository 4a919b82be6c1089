import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createAddToHistory } from "../../lambda/adapters/add-to-history.ts";
import { createReadList } from "../../lambda/adapters/read-list.ts";
import { createReadStatuses } from "../../lambda/adapters/read-statuses.ts";
import { createReadStatusesOfDn } from "../../lambda/adapters/read-statuses-of-dn.ts";
import { historyTableKeys, statusTableKeys } from "../../lambda/adapters/table-keys.ts";
import { createWalkHistory } from "../../lambda/adapters/walk-history.ts";
import { createWriteHistory } from "../../lambda/adapters/write-history.ts";
import { createWriteStatus } from "../../lambda/adapters/write-status.ts";
import { createTable } from "./create-table.ts";
import type { InMemoryStore } from "./in-memory-store.ts";
import { createReadHistory } from "./read-history.ts";

/** The ports of the store: what the contract suite is about. */
export type StorePorts = Omit<InMemoryStore, "statuses" | "history">;

/** Creates both tables under names of their own, as the stack does. */
export const createTables = async (client: DynamoDBClient, prefix: string): Promise<void> => {
  await createTable(client, `${prefix}-status`, statusTableKeys);
  await createTable(client, `${prefix}-history`, historyTableKeys);
};

/** The adapters of both tables, with 400 days of history. */
export const createStorePorts = (client: DynamoDBClient, prefix: string): StorePorts => {
  const statusTable = `${prefix}-status`;
  const historyTable = `${prefix}-history`;
  const addToHistory = createAddToHistory(client, historyTable, 400);
  const walkHistory = createWalkHistory(client, historyTable);
  return {
    readStatuses: createReadStatuses(client, statusTable),
    readStatusesOfDn: createReadStatusesOfDn(client, statusTable),
    writeStatus: createWriteStatus(client, statusTable),
    readList: createReadList(client, statusTable),
    writeHistory: createWriteHistory(client, historyTable, 400, addToHistory),
    addToHistory,
    walkHistory,
    readHistory: createReadHistory(walkHistory),
  };
};

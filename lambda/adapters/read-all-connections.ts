import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadAllConnections } from "../ports/connections.ts";
import { createBatchGet } from "./batch-get.ts";
import {
  allPartition,
  fromConnectionItem,
  fromConnectionItemKey,
  toConnectionItemKey,
} from "./connection-item.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { connectionsTableKeys } from "./table-keys.ts";

const { byAll } = connectionsTableKeys;

/**
 * Finds all connections in their index, where a new one may be missing for a moment, and reads them from the table,
 * consistently.
 */
export const createReadAllConnections = (
  client: DynamoDBClient,
  tableName: string,
): ReadAllConnections => {
  const batchGet = createBatchGet(client, tableName);
  return async () => {
    const query = {
      TableName: tableName,
      IndexName: byAll.indexName,
      ...keyCondition(byAll, allPartition),
    };
    const entries = await queryItems(client, query, Number.POSITIVE_INFINITY);
    const keys = entries.map((entry) => toConnectionItemKey(fromConnectionItemKey(entry)));
    return (await batchGet(keys)).map(fromConnectionItem);
  };
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadLosses } from "../ports/losses.ts";
import { createBatchGet } from "./batch-get.ts";
import { fromLossItem, toLossItemKey } from "./loss-item.ts";

/** Reads losses from the table in batches, consistently. */
export const createReadLosses = (client: DynamoDBClient, tableName: string): ReadLosses => {
  const batchGet = createBatchGet(client, tableName);
  return async (keys) => (await batchGet(keys.map(toLossItemKey))).map(fromLossItem);
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadStatuses } from "../ports/statuses.ts";
import { createBatchGet } from "./batch-get.ts";
import { fromStatusItem } from "./status-item.ts";
import { statusTableKeys } from "./table-keys.ts";

/** Reads statuses from the table in batches, consistently. */
export const createReadStatuses = (client: DynamoDBClient, tableName: string): ReadStatuses => {
  const batchGet = createBatchGet(client, tableName);
  return async (keys) => {
    const items = await batchGet(
      keys.map(({ thisDN, server }) => ({
        [statusTableKeys.partitionKey]: { S: thisDN },
        [statusTableKeys.sortKey]: { S: server },
      })),
    );
    return items.map(fromStatusItem);
  };
};

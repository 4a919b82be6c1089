import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadLossesOfDn } from "../ports/losses.ts";
import { keyCondition } from "./key-condition.ts";
import { fromLossItem } from "./loss-item.ts";
import { queryItems } from "./query-items.ts";
import { lossesTableKeys } from "./table-keys.ts";

/** Reads all losses of a DN from the table, consistently. */
export const createReadLossesOfDn =
  (client: DynamoDBClient, tableName: string): ReadLossesOfDn =>
  async (thisDN) => {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      ...keyCondition(lossesTableKeys, thisDN),
    };
    const items = await queryItems(client, query, Number.POSITIVE_INFINITY);
    return items.map(fromLossItem);
  };

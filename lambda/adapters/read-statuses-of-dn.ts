import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadStatusesOfDn } from "../ports/statuses.ts";
import { afterSortKey, keyCondition } from "./key-condition.ts";
import { queryFirst } from "./query-items.ts";
import { fromStatusItem } from "./status-item.ts";
import { statusTableKeys } from "./table-keys.ts";

/** Reads statuses of a DN from the table, one for each server, consistently. */
export const createReadStatusesOfDn =
  (client: DynamoDBClient, tableName: string): ReadStatusesOfDn =>
  async (thisDN, range) => {
    const { after = "", limit = Number.POSITIVE_INFINITY } = range ?? {};
    const condition = keyCondition(statusTableKeys, thisDN, afterSortKey(after));
    const items = await queryFirst(client, { TableName: tableName, ...condition }, limit);
    return items.map(fromStatusItem);
  };

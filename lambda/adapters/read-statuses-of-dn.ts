import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadStatusesOfDn } from "../ports/statuses.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { fromStatusItem } from "./status-item.ts";
import { statusTableKeys } from "./table-keys.ts";

/** Reads statuses of a DN from the table, one for each server, consistently. */
export const createReadStatusesOfDn =
  (client: DynamoDBClient, tableName: string): ReadStatusesOfDn =>
  async (thisDN, range) => {
    const { after = "", limit = Number.POSITIVE_INFINITY } = range ?? {};
    // DynamoDB compares a key with no empty text.
    const sort = after === "" ? undefined : ({ is: ">", value: after } as const);
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      ...(Number.isFinite(limit) && { Limit: limit }),
      ...keyCondition(statusTableKeys, thisDN, sort),
    };
    const items = await queryItems(client, query, limit);
    return items.slice(0, limit).map(fromStatusItem);
  };

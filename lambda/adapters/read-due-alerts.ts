import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { formatTime } from "../domain/time.ts";
import type { ReadDueAlerts } from "../ports/alerts.ts";
import { duePartition, fromAlertItemKey } from "./alert-item.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { alertsTableKeys } from "./table-keys.ts";

const { byDue } = alertsTableKeys;

/** Reads from the index which alerts are due, eventually consistent, the longest overdue first. */
export const createReadDueAlerts =
  (client: DynamoDBClient, tableName: string): ReadDueAlerts =>
  async (now, limit) => {
    const query = {
      TableName: tableName,
      IndexName: byDue.indexName,
      Limit: limit,
      ...keyCondition(byDue, duePartition, { is: "<=", value: formatTime(now) }),
    };
    const items = await queryItems(client, query, limit);
    return items.slice(0, limit).map(fromAlertItemKey);
  };

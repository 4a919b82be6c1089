import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadAlertById } from "../ports/alerts.ts";
import { fromAlertItemKey } from "./alert-item.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { createReadAlert } from "./read-alert.ts";
import { alertsTableKeys } from "./table-keys.ts";

const { byId } = alertsTableKeys;

/** Finds an alert by its id in the index, eventually consistent, and reads it from the table. */
export const createReadAlertById = (client: DynamoDBClient, tableName: string): ReadAlertById => {
  const readAlert = createReadAlert(client, tableName);
  return async (alertId) => {
    const query = {
      TableName: tableName,
      IndexName: byId.indexName,
      Limit: 1,
      ...keyCondition(byId, alertId),
    };
    const [item] = await queryItems(client, query, 1);
    return item && readAlert(fromAlertItemKey(item));
  };
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadLatestAlert } from "../ports/alerts.ts";
import { fromAlertItem } from "./alert-item.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { alertsTableKeys } from "./table-keys.ts";

/** Reads the alert with the highest number about something from the table, consistently. */
export const createReadLatestAlert =
  (client: DynamoDBClient, tableName: string): ReadLatestAlert =>
  async (subject) => {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
      ...keyCondition(alertsTableKeys, subject),
    };
    const [item] = await queryItems(client, query, 1);
    return item && fromAlertItem(item);
  };

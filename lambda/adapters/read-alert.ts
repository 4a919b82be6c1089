import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { ReadAlert } from "../ports/alerts.ts";
import { fromAlertItem, toAlertItemKey } from "./alert-item.ts";

/** Reads one alert from the table, consistently. */
export const createReadAlert =
  (client: DynamoDBClient, tableName: string): ReadAlert =>
  async (key) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: toAlertItemKey(key), ConsistentRead: true }),
    );
    return Item && fromAlertItem(Item);
  };

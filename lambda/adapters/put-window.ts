import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { PutWindow } from "../ports/windows.ts";
import { toWindowItem } from "./window-item.ts";

/** Puts a window into the table. */
export const createPutWindow =
  (client: DynamoDBClient, tableName: string, retentionDays: number): PutWindow =>
  async (window) => {
    const item = toWindowItem(window, retentionDays);
    await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
  };

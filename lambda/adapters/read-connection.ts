import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { ReadConnection } from "../ports/connections.ts";
import { fromConnectionItem, toConnectionItemKey } from "./connection-item.ts";

/** Reads one connection from the table, consistently. */
export const createReadConnection =
  (client: DynamoDBClient, tableName: string): ReadConnection =>
  async (key) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: toConnectionItemKey(key),
        ConsistentRead: true,
      }),
    );
    return Item && fromConnectionItem(Item);
  };

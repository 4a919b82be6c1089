import { DeleteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DeleteWindow } from "../ports/windows.ts";
import { createReadWindows } from "./read-windows.ts";
import { isConditionFailure } from "./store-errors.ts";
import { toWindowItemKey } from "./window-item.ts";

/** Removes a window from the table. Of several callers that remove it at once, one gets true. */
export const createDeleteWindow = (client: DynamoDBClient, tableName: string): DeleteWindow => {
  const readWindows = createReadWindows(client, tableName);
  return async (id) => {
    // The key begins with the end, which the caller does not know. There are few windows.
    const window = (await readWindows(0)).find((one) => one.id === id);
    if (window === undefined) return false;
    try {
      await client.send(
        new DeleteItemCommand({
          TableName: tableName,
          Key: toWindowItemKey(window),
          ConditionExpression: "attribute_exists(id)",
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  };
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { formatTime } from "../domain/time.ts";
import type { ReadWindows } from "../ports/windows.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { windowsTableKeys } from "./table-keys.ts";
import { fromWindowItem, windowPartition } from "./window-item.ts";

/** Reads windows from the table by their end, consistently. */
export const createReadWindows =
  (client: DynamoDBClient, tableName: string): ReadWindows =>
  async (endsAfter) => {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      ...keyCondition(windowsTableKeys, windowPartition, {
        is: ">=",
        value: formatTime(endsAfter),
      }),
    };
    const items = await queryItems(client, query, Number.POSITIVE_INFINITY);
    return items.map(fromWindowItem);
  };

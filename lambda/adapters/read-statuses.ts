import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadStatuses } from "../domain/ports.ts";
import { chunks } from "./chunks.ts";
import { fromStatusItem, type Item } from "./status-item.ts";
import { statusTableKeys } from "./table-keys.ts";
import { untilProcessed } from "./until-processed.ts";

const keysPerCall = 100;

/** Reads statuses from the table in batches, consistently. */
export const createReadStatuses = (client: DynamoDBClient, tableName: string): ReadStatuses => {
  const readSome = async (keys: readonly Item[]): Promise<Item[]> => {
    const items: Item[] = [];
    await untilProcessed(keys, async (left) => {
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } },
        }),
      );
      items.push(...(answer.Responses?.[tableName] ?? []));
      return answer.UnprocessedKeys?.[tableName]?.Keys;
    });
    return items;
  };

  return async (keys) => {
    const itemKeys = keys.map(({ thisDN, server }) => ({
      [statusTableKeys.partitionKey]: { S: thisDN },
      [statusTableKeys.sortKey]: { S: server },
    }));
    const items = await Promise.all(chunks(itemKeys, keysPerCall).map(readSome));
    return items.flat().map(fromStatusItem);
  };
};

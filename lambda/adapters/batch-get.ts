import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { chunks } from "../async/chunks.ts";
import { inParallel } from "../async/in-parallel.ts";
import type { Item } from "./status-item.ts";
import { untilProcessed } from "./until-processed.ts";

const keysPerCall = 100;
// Thousands of keys at once would only wait for one another, and time out together.
const callsAtOnce = 5;

/** Reads items by their keys, which are distinct. Consistent, in no order; keys without an item are left out. */
export type BatchGet = (keys: readonly Item[]) => Promise<Item[]>;

/** Builds the batch reader of one table. */
export const createBatchGet = (client: DynamoDBClient, tableName: string): BatchGet => {
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

  return async (keys) =>
    (await inParallel(callsAtOnce, chunks(keys, keysPerCall), readSome)).flat();
};

import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Item } from "./status-item.ts";

/** Reads what a query finds, page by page: the next page is asked for when its reader goes on. */
export async function* queryPages(
  client: DynamoDBClient,
  query: QueryCommandInput,
): AsyncGenerator<Item[]> {
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({ ...query, ...(start && { ExclusiveStartKey: start }) }),
    );
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/**
 * Reads what a query finds, page by page, until there is no more or `limit` items are there (the result may have a few
 * more).
 */
export const queryItems = async (
  client: DynamoDBClient,
  query: QueryCommandInput,
  limit: number,
): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const page of queryPages(client, query)) {
    items.push(...page);
    if (items.length >= limit) break;
  }
  return items;
};

/** Reads the first items that a query finds, consistently. Infinity: all of them. */
export const queryFirst = async (
  client: DynamoDBClient,
  query: QueryCommandInput,
  limit: number,
): Promise<Item[]> => {
  const first = { ...query, ConsistentRead: true, ...(Number.isFinite(limit) && { Limit: limit }) };
  return (await queryItems(client, first, limit)).slice(0, limit);
};

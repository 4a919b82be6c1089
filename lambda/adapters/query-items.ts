import {
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { Item } from "./status-item.ts";

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
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({ ...query, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && items.length < limit);
  return items;
};

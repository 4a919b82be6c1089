import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** Names of a partition key and a sort key, of a table or an index. */
type KeyNames = { readonly partitionKey: string; readonly sortKey: string };

/** Which part of a partition is asked for, by its sort key. */
type SortCondition = { is: "<" | "<=" | ">" | ">=" | "begins_with"; value: string };

const toExpression = ({ is }: SortCondition): string =>
  is === "begins_with" ? "begins_with(#sort, :sort)" : `#sort ${is} :sort`;

/**
 * The key condition of a query: a whole partition, or the part of it that matches. Names are passed separately, because
 * some are reserved words.
 */
export const keyCondition = (
  keys: KeyNames,
  partition: string,
  sort?: SortCondition,
): {
  KeyConditionExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, AttributeValue>;
} => ({
  KeyConditionExpression: `#partition = :partition${sort ? ` AND ${toExpression(sort)}` : ""}`,
  ExpressionAttributeNames: {
    "#partition": keys.partitionKey,
    ...(sort && { "#sort": keys.sortKey }),
  },
  ExpressionAttributeValues: {
    ":partition": { S: partition },
    ...(sort && { ":sort": { S: sort.value } }),
  },
});

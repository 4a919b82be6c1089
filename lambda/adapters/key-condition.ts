import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** Names of a partition key and a sort key, of a table or an index. */
type KeyNames = { readonly partitionKey: string; readonly sortKey: string };

/** Which part of a partition is asked for, by its sort key. */
export type SortCondition = { is: "<" | "<=" | ">" | ">=" | "begins_with"; value: string };

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

/** The part of a partition after a sort key; "" is before the first: DynamoDB compares a key with no empty text. */
export const afterSortKey = (sortKey: string): SortCondition | undefined =>
  sortKey === "" ? undefined : { is: ">", value: sortKey };

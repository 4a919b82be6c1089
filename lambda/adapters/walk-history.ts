import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { HistoryRange, WalkHistory } from "../ports/history.ts";
import { fromHistoryItem } from "./history-item.ts";
import { queryPages } from "./query-items.ts";

const maxPageSize = 1000;

const toFilter = ({ server, application }: HistoryRange) => {
  const wanted = Object.entries({ server, application }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    expression: wanted.map(([name]) => `#${name} = :${name}`).join(" AND "),
    names: Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, { S: value }])),
  };
};

const toQuery = (tableName: string, range: HistoryRange) => {
  const { thisDN, from, to, limit } = range;
  const filter = toFilter(range);
  return {
    TableName: tableName,
    ConsistentRead: true,
    ScanIndexForward: false,
    // DynamoDB applies the limit before the filter: small pages would mean many calls that find nothing.
    Limit: filter.expression === "" ? Math.min(limit, maxPageSize) : maxPageSize,
    KeyConditionExpression: "ThisDN = :thisDN AND eventKey BETWEEN :from AND :to",
    ExpressionAttributeValues: {
      ":thisDN": { S: thisDN },
      ":from": { S: from },
      ":to": { S: to },
      ...filter.values,
    },
    ...(filter.expression !== "" && {
      FilterExpression: filter.expression,
      ExpressionAttributeNames: filter.names,
    }),
  };
};

/** Walks through a DN's history in the table, newest first, consistently; DynamoDB answers at most 1 MB at a time. */
export const createWalkHistory = (client: DynamoDBClient, tableName: string): WalkHistory =>
  async function* walkHistory(range) {
    for await (const items of queryPages(client, toQuery(tableName, range))) {
      yield* items.map(fromHistoryItem);
    }
  };

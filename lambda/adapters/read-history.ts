import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { HistoryRange, ReadHistory } from "../ports/history.ts";
import { fromHistoryItem } from "./history-item.ts";
import { queryItems } from "./query-items.ts";

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

/** Reads a DN's history from the table, newest first, consistently. */
export const createReadHistory =
  (client: DynamoDBClient, tableName: string): ReadHistory =>
  async (range) => {
    const { thisDN, from, to, limit } = range;
    const filter = toFilter(range);
    const query = {
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
    const items = await queryItems(client, query, limit);
    return items.slice(0, limit).map(fromHistoryItem);
  };

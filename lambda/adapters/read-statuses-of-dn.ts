import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadStatusesOfDn } from "../ports/statuses.ts";
import { queryItems } from "./query-items.ts";
import { fromStatusItem } from "./status-item.ts";

/** Reads all statuses of a DN from the table, one for each server, consistently. */
export const createReadStatusesOfDn =
  (client: DynamoDBClient, tableName: string): ReadStatusesOfDn =>
  async (thisDN) => {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: "ThisDN = :thisDN",
      ExpressionAttributeValues: { ":thisDN": { S: thisDN } },
    };
    const items = await queryItems(client, query, Number.POSITIVE_INFINITY);
    return items.map(fromStatusItem);
  };

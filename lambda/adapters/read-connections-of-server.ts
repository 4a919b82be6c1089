import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadConnectionsOfServer } from "../ports/connections.ts";
import { fromConnectionItem } from "./connection-item.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { connectionsTableKeys } from "./table-keys.ts";

/** Reads all connections to a server from the table, by application, consistently. */
export const createReadConnectionsOfServer =
  (client: DynamoDBClient, tableName: string): ReadConnectionsOfServer =>
  async (server) => {
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      ...keyCondition(connectionsTableKeys, server),
    };
    const items = await queryItems(client, query, Number.POSITIVE_INFINITY);
    return items.map(fromConnectionItem);
  };

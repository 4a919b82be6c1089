import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { WriteConnection } from "../ports/connections.ts";
import { toConnectionItem } from "./connection-item.ts";
import { createPutRevision } from "./put-revision.ts";

/** Writes a connection whole, on condition that the stored revision is the one before. */
export const createWriteConnection = (
  client: DynamoDBClient,
  tableName: string,
): WriteConnection => {
  const putRevision = createPutRevision(client, tableName);
  return (connection) => putRevision(toConnectionItem(connection), connection.revision);
};

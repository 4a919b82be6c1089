import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { WriteStatus } from "../ports/statuses.ts";
import { createPutRevision } from "./put-revision.ts";
import { toStatusItem } from "./status-item.ts";
import { isItemRefused } from "./store-errors.ts";

/** Writes a status whole, on condition that the stored revision is the one before. */
export const createWriteStatus = (client: DynamoDBClient, tableName: string): WriteStatus => {
  const putRevision = createPutRevision(client, tableName);
  return async (status) => {
    try {
      return await putRevision(toStatusItem(status), status.revision);
    } catch (error) {
      if (isItemRefused(error)) return "refused";
      throw error;
    }
  };
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { WriteLoss } from "../ports/losses.ts";
import { toLossItem } from "./loss-item.ts";
import { createPutRevision } from "./put-revision.ts";

/** Writes a loss whole, on condition that the stored revision is the one before. */
export const createWriteLoss = (
  client: DynamoDBClient,
  tableName: string,
  retentionDays: number,
): WriteLoss => {
  const putRevision = createPutRevision(client, tableName);
  return (loss) => putRevision(toLossItem(loss, retentionDays), loss.revision);
};

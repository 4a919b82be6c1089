import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { WriteAlert } from "../ports/alerts.ts";
import { toAlertItem } from "./alert-item.ts";
import { createPutRevision } from "./put-revision.ts";

/** Writes an alert whole, on condition that the stored revision is the one before. */
export const createWriteAlert = (
  client: DynamoDBClient,
  tableName: string,
  retentionDays: number,
): WriteAlert => {
  const putRevision = createPutRevision(client, tableName);
  return (alert) => putRevision(toAlertItem(alert, retentionDays), alert.revision);
};

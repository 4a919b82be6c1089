import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { AddToHistory } from "../ports/history.ts";
import { toHistoryItem } from "./history-item.ts";
import { isConditionFailure, isItemRefused } from "./store-errors.ts";

/** Adds a row to the history table unless it is there already. */
export const createAddToHistory =
  (client: DynamoDBClient, tableName: string, retentionDays: number): AddToHistory =>
  async (row) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: toHistoryItem(row, retentionDays),
          ConditionExpression: "attribute_not_exists(ThisDN)",
        }),
      );
      return "added";
    } catch (error) {
      if (isConditionFailure(error)) return "present";
      if (isItemRefused(error)) return "refused";
      throw error;
    }
  };

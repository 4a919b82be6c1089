import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { AddToHistory } from "../domain/ports.ts";
import { toHistoryItem } from "./history-item.ts";
import { isConditionFailure, isRefusal } from "./store-errors.ts";

/** Adds a row to the history table unless it is there. */
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
      if (isRefusal(error)) return "refused";
      throw error;
    }
  };

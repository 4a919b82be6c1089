import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { chunks } from "../async/chunks.ts";
import type { HistoryRow } from "../domain/status/history-row.ts";
import type { AddToHistory, WriteHistory } from "../ports/history.ts";
import { toHistoryItem } from "./history-item.ts";
import { isItemRefused } from "./store-errors.ts";
import { untilProcessed } from "./until-processed.ts";

const rowsPerCall = 25;

/**
 * Writes rows to the history table in batches. A batch that DynamoDB refuses is added row by row, so that one bad row
 * costs only itself.
 */
export const createWriteHistory = (
  client: DynamoDBClient,
  tableName: string,
  retentionDays: number,
  addToHistory: AddToHistory,
): WriteHistory => {
  const writeBatch = async (rows: readonly HistoryRow[]): Promise<void> => {
    const puts: WriteRequest[] = rows.map((row) => ({
      PutRequest: { Item: toHistoryItem(row, retentionDays) },
    }));
    await untilProcessed(puts, async (left) => {
      const answer = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: left } }),
      );
      return answer.UnprocessedItems?.[tableName];
    });
  };

  const findRefused = async (rows: readonly HistoryRow[]): Promise<string[]> => {
    const results = await Promise.all(rows.map(addToHistory));
    return rows.filter((_, index) => results[index] === "refused").map(({ id }) => id);
  };

  return async (rows) => {
    const refused = await Promise.all(
      chunks(rows, rowsPerCall).map(async (batch) => {
        try {
          await writeBatch(batch);
          return [];
        } catch (error) {
          if (isItemRefused(error)) return findRefused(batch);
          throw error;
        }
      }),
    );
    return new Set(refused.flat());
  };
};

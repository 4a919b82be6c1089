import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { WriteStatus } from "../domain/ports.ts";
import { toStatusItem } from "./status-item.ts";
import { isConditionFailure, isRefusal } from "./store-errors.ts";

/** Writes a status whole, on condition that the stored revision is the one before. */
export const createWriteStatus =
  (client: DynamoDBClient, tableName: string): WriteStatus =>
  async (status) => {
    const previous = status.revision - 1;
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: toStatusItem(status),
          ...(previous === 0
            ? { ConditionExpression: "attribute_not_exists(ThisDN)" }
            : {
                ConditionExpression: "revision = :previous",
                ExpressionAttributeValues: { ":previous": { N: String(previous) } },
              }),
        }),
      );
      return "written";
    } catch (error) {
      if (isConditionFailure(error)) return "conflict";
      if (isRefusal(error)) return "refused";
      throw error;
    }
  };

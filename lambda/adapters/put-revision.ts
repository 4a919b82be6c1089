import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Item } from "./status-item.ts";
import { isConditionFailure } from "./store-errors.ts";

/**
 * Puts an item of this revision whole, on condition that the stored revision is the one before; for the first revision,
 * that there is no item.
 */
export type PutRevision = (item: Item, revision: number) => Promise<"written" | "conflict">;

const toCondition = (previous: number) =>
  previous === 0
    ? { ConditionExpression: "attribute_not_exists(revision)" }
    : {
        ConditionExpression: "revision = :previous",
        ExpressionAttributeValues: { ":previous": { N: String(previous) } },
      };

/**
 * Builds the writer of a table whose items all carry their `revision`. Throws every error of the store except a failed
 * condition.
 */
export const createPutRevision =
  (client: DynamoDBClient, tableName: string): PutRevision =>
  async (item, revision) => {
    const condition = toCondition(revision - 1);
    try {
      await client.send(new PutItemCommand({ TableName: tableName, Item: item, ...condition }));
      return "written";
    } catch (error) {
      if (isConditionFailure(error)) return "conflict";
      throw error;
    }
  };

import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { CountMembers } from "../domain/alerting/alert-ports.ts";
import { keyCondition } from "./key-condition.ts";
import type { Item } from "./status-item.ts";
import { lossesTableKeys } from "./table-keys.ts";

const { byAlert } = lossesTableKeys;

/** Counts members of an alert in their index, eventually consistent. */
export const createCountMembers =
  (client: DynamoDBClient, tableName: string): CountMembers =>
  async (alertId) => {
    let count = 0;
    let start: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: byAlert.indexName,
          Select: "COUNT",
          ...keyCondition(byAlert, alertId),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      count += page.Count ?? 0;
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return count;
  };

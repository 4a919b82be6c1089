import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadMembers } from "../domain/alerting/alert-ports.ts";
import { keyCondition } from "./key-condition.ts";
import { fromLossItemKey, missingPrefix } from "./loss-item.ts";
import { queryPart } from "./query-part.ts";
import { lossesTableKeys } from "./table-keys.ts";

const { byAlert } = lossesTableKeys;

/** Reads members of an alert from their index, those that are missing first, eventually consistent. */
export const createReadMembers =
  (client: DynamoDBClient, tableName: string): ReadMembers =>
  async (alertId, { missing, ...range }) => {
    const condition = missing
      ? keyCondition(byAlert, alertId, { is: "begins_with", value: missingPrefix })
      : keyCondition(byAlert, alertId);
    const query = {
      TableName: tableName,
      IndexName: byAlert.indexName,
      ScanIndexForward: false, // `lost#` stands behind `back#`.
      ...condition,
    };
    const { items, next } = await queryPart(client, query, range);
    return { items: items.map(fromLossItemKey), next };
  };

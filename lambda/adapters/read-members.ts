import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadMembers } from "../ports/losses.ts";
import { keyCondition } from "./key-condition.ts";
import { backPrefix, fromLossItemKey, memberPartitions, missingPrefix } from "./loss-item.ts";
import { queryPart } from "./query-part.ts";
import { readInTurn } from "./read-in-turn.ts";
import { lossesTableKeys } from "./table-keys.ts";

const { byAlert } = lossesTableKeys;

/** Reads members of an alert from their index, shard by shard, all missing members first, eventually consistent. */
export const createReadMembers =
  (client: DynamoDBClient, tableName: string): ReadMembers =>
  (alertId, { missing, ...range }) => {
    const prefixes = missing ? [missingPrefix] : [missingPrefix, backPrefix];
    const ranges = prefixes.flatMap((value) =>
      memberPartitions(alertId).map((partition) => ({ partition, value })),
    );
    return readInTurn(ranges, range, async ({ partition, value }, part) => {
      const condition = keyCondition(byAlert, partition, { is: "begins_with", value });
      const query = { TableName: tableName, IndexName: byAlert.indexName, ...condition };
      const { items, next } = await queryPart(client, query, part);
      return { items: items.map(fromLossItemKey), next };
    });
  };

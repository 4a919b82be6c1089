import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { lossPlace } from "../domain/alerting/loss.ts";
import type { LossRange, ReadLossesOfDn } from "../ports/losses.ts";
import { keyCondition } from "./key-condition.ts";
import { fromLossItem } from "./loss-item.ts";
import { queryItems } from "./query-items.ts";
import { lossesTableKeys } from "./table-keys.ts";

const toSort = (range: LossRange) => {
  if ("server" in range) {
    return { is: "begins_with", value: lossPlace({ server: range.server, lossId: "" }) } as const;
  }
  // DynamoDB compares a key with no empty text.
  return range.after === "" ? undefined : ({ is: ">", value: range.after } as const);
};

/** Reads losses of a DN from the table, consistently. */
export const createReadLossesOfDn =
  (client: DynamoDBClient, tableName: string): ReadLossesOfDn =>
  async (thisDN, range) => {
    const limit = "limit" in range ? range.limit : Number.POSITIVE_INFINITY;
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      ...(Number.isFinite(limit) && { Limit: limit }),
      ...keyCondition(lossesTableKeys, thisDN, toSort(range)),
    };
    const losses = (await queryItems(client, query, limit)).slice(0, limit).map(fromLossItem);
    // The places of a server whose name continues with a # begin as those of this one do.
    return losses.filter(({ server }) => !("server" in range) || server === range.server);
  };

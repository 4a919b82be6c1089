import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { lossPlace } from "../domain/alerting/loss.ts";
import type { LossRange, ReadLossesOfDn } from "../ports/losses.ts";
import { afterSortKey, keyCondition, type SortCondition } from "./key-condition.ts";
import { fromLossItem } from "./loss-item.ts";
import { queryFirst } from "./query-items.ts";
import { lossesTableKeys } from "./table-keys.ts";

const toSort = (range: LossRange): SortCondition | undefined =>
  "server" in range
    ? { is: "begins_with", value: lossPlace({ server: range.server, lossId: "" }) }
    : afterSortKey(range.after);

/** Reads losses of a DN from the table, consistently. */
export const createReadLossesOfDn =
  (client: DynamoDBClient, tableName: string): ReadLossesOfDn =>
  async (thisDN, range) => {
    const limit = "limit" in range ? range.limit : Number.POSITIVE_INFINITY;
    const condition = keyCondition(lossesTableKeys, thisDN, toSort(range));
    const items = await queryFirst(client, { TableName: tableName, ...condition }, limit);
    const losses = items.map(fromLossItem);
    // The places of a server whose name continues with a # begin as those of this one do.
    return losses.filter(({ server }) => !("server" in range) || server === range.server);
  };

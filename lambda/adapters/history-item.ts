import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { parseJson } from "../domain/request/parse-json.ts";
import { type HistoryRow, HistoryRowSchema, historyKey } from "../domain/status/history-row.ts";
import { toExpiresAt } from "./expires-at.ts";
import type { Item } from "./status-item.ts";
import { historyTableKeys } from "./table-keys.ts";

const { extensions, other } = HistoryRowSchema.entries;
// A large integer keeps its digits. What is not JSON becomes undefined, which is no open map.
const jsonText = v.pipe(
  v.string(),
  v.transform((text) => parseJson(text)?.value),
);

const ItemSchema = v.pipe(
  v.object({
    ...v.omit(HistoryRowSchema, ["thisDN"]).entries,
    ThisDN: v.string(),
    extensions: v.optional(v.pipe(jsonText, extensions.wrapped)),
    other: v.optional(v.pipe(jsonText, other.wrapped)),
  }),
  v.transform(({ ThisDN, ...rest }): HistoryRow => ({ thisDN: ThisDN, ...rest })),
);

/**
 * Writes a row as its item, which expires `retentionDays` after its receipt. Open maps are stored as JSON text, because
 * DynamoDB's own maps accept neither every number nor every depth.
 */
export const toHistoryItem = (row: HistoryRow, retentionDays: number): Item => {
  const { thisDN, extensions, other, ...rest } = row;
  const item = {
    ...rest,
    [historyTableKeys.partitionKey]: thisDN,
    [historyTableKeys.sortKey]: historyKey(row),
    [historyTableKeys.timeToLive]: toExpiresAt(row.receivedAt, retentionDays),
    extensions: extensions && JSON.stringify(extensions),
    other: other && JSON.stringify(other),
  };
  return marshall(item, { removeUndefinedValues: true });
};

/** Reads a row back; throws when the item is not a row. */
export const fromHistoryItem = (item: Item): HistoryRow => v.parse(ItemSchema, unmarshall(item));

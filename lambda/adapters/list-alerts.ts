import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { compareText } from "../domain/text.ts";
import type { AlertRange, ListAlerts } from "../ports/alerts.ts";
import {
  fromAlertItem,
  fromAlertItemKey,
  serverStatusPartition,
  toAlertItemKey,
} from "./alert-item.ts";
import { createBatchGet } from "./batch-get.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import type { Item } from "./status-item.ts";
import { alertsTableKeys } from "./table-keys.ts";

const { byServerStatus, byStatus } = alertsTableKeys;
const PlaceSchema = v.object({ openedKey: v.string() });

const placeOf = (item: Item): string => v.parse(PlaceSchema, unmarshall(item)).openedKey;

const toCondition = ({ server, status, beyond }: AlertRange) => {
  const sort = beyond === undefined ? undefined : ({ is: "<", value: beyond } as const);
  return server === undefined
    ? { IndexName: byStatus.indexName, ...keyCondition(byStatus, status, sort) }
    : {
        IndexName: byServerStatus.indexName,
        ...keyCondition(byServerStatus, serverStatusPartition(server, status), sort),
      };
};

/** Lists alerts by their index, eventually consistent. An alert whose status has changed meanwhile is left out. */
export const createListAlerts = (client: DynamoDBClient, tableName: string): ListAlerts => {
  const batchGet = createBatchGet(client, tableName);

  const readEntries = async (range: AlertRange): Promise<Item[]> => {
    const { limit } = range;
    const query = {
      TableName: tableName,
      ScanIndexForward: false,
      Limit: limit,
      ...toCondition(range),
    };
    return (await queryItems(client, query, limit)).slice(0, limit);
  };

  const readListed = async (entries: readonly Item[], status: AlertRange["status"]) => {
    const keys = entries.map((entry) => toAlertItemKey(fromAlertItemKey(entry)));
    return (await batchGet(keys))
      .map((item) => ({ alert: fromAlertItem(item), place: placeOf(item) }))
      .filter(({ alert }) => alert.status === status)
      .sort((a, b) => compareText(b.place, a.place));
  };

  const listAlerts: ListAlerts = async (range) => {
    const entries = await readEntries(range);
    const listed = await readListed(entries, range.status);
    const last = entries[range.limit - 1];
    const missing = range.limit - listed.length;
    if (last === undefined || missing === 0) return listed;
    // A caller takes a short page for the end of the list.
    const rest = await listAlerts({ ...range, beyond: placeOf(last), limit: missing });
    return [...listed, ...rest];
  };
  return listAlerts;
};

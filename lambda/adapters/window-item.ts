import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import {
  type MaintenanceWindow,
  MaintenanceWindowSchema,
} from "../domain/alerting/maintenance-window.ts";
import { formatTime } from "../domain/time.ts";
import { toExpiresAt } from "./expires-at.ts";
import type { Item } from "./status-item.ts";
import { windowsTableKeys } from "./table-keys.ts";

/** Partition of all windows. */
export const windowPartition = "window";

/** The key of a window's item. */
export const toWindowItemKey = ({ end, id }: MaintenanceWindow): Item => ({
  [windowsTableKeys.partitionKey]: { S: windowPartition },
  [windowsTableKeys.sortKey]: { S: `${formatTime(end)}#${id}` },
});

/** Writes a window as its item, to be removed `retentionDays` after its end. */
export const toWindowItem = (window: MaintenanceWindow, retentionDays: number): Item => {
  const expiresAt = toExpiresAt(window.end, retentionDays);
  const item = { ...window, [windowsTableKeys.timeToLive]: expiresAt };
  return { ...marshall(item, { removeUndefinedValues: true }), ...toWindowItemKey(window) };
};

/** Reads a window back; throws when the item is not a window. */
export const fromWindowItem = (item: Item): MaintenanceWindow =>
  v.parse(MaintenanceWindowSchema, unmarshall(item));

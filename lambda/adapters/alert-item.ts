import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { type Alert, AlertSchema } from "../domain/alerting/alert.ts";
import { boundAlert } from "../domain/alerting/bound-alert.ts";
import { fromKeptEndTitle, fromKeptTitle, toKeptTitle } from "../domain/alerting/kept-title.ts";
import type { AlertKey } from "../domain/alerting/loss.ts";
import { formatTime } from "../domain/time.ts";
import { toExpiresAt } from "./expires-at.ts";
import type { Item } from "./status-item.ts";
import { alertsTableKeys } from "./table-keys.ts";

const KeySchema = v.pipe(
  v.object({ subject: v.string(), numberKey: v.pipe(v.string(), v.regex(/^\d{6,}$/)) }),
  v.transform(({ subject, numberKey }): AlertKey => ({ subject, number: Number(numberKey) })),
);
const { subject: _, number: __, text, ...others } = AlertSchema.entries;
const RestSchema = v.object({
  ...others,
  text: v.optional(text),
  title: v.string(),
  endTitle: v.optional(v.string()),
});

// Of an alert that version 0.1.0 wrote, what that wrote; else its text, and a title for that version.
const toStoredTexts = ({ server, text, endText }: Alert) => ({
  title: toKeptTitle({ server, text }),
  ...(text.kept === undefined ? { text } : {}),
  ...(endText?.kept === undefined ? { endText } : { endTitle: endText.kept }),
});

/** Partition of all alerts that have something due. */
export const duePartition = "due";

/** Partition of a server's alerts of one status. */
export const serverStatusPartition = (server: string, status: Alert["status"]): string =>
  `${server}#${status}`;

const toDueKeys = (dueAt: number) => ({
  [alertsTableKeys.byDue.partitionKey]: duePartition,
  [alertsTableKeys.byDue.sortKey]: formatTime(dueAt),
});

/** The key of an alert's item. */
export const toAlertItemKey = ({ subject, number }: AlertKey): Item => ({
  [alertsTableKeys.partitionKey]: { S: subject },
  [alertsTableKeys.sortKey]: { S: String(number).padStart(6, "0") },
});

/**
 * Writes an alert as its item, with the keys of the lists that it belongs to, no larger than an item may be. DynamoDB
 * removes it `retentionDays` after it was resolved.
 */
export const toAlertItem = (unbounded: Alert, retentionDays: number): Item => {
  const alert = boundAlert(unbounded);
  const { subject: _subject, number: _number, text: _text, endText: _endText, ...rest } = alert;
  const { server, status, openedAt, alertId, dueAt, resolvedAt } = alert;
  const item = {
    ...rest,
    ...toStoredTexts(alert),
    [alertsTableKeys.byServerStatus.partitionKey]: serverStatusPartition(server, status),
    [alertsTableKeys.byStatus.sortKey]: `${formatTime(openedAt)}#${alertId}`,
    ...(dueAt !== undefined && toDueKeys(dueAt)),
    ...(resolvedAt !== undefined && {
      [alertsTableKeys.timeToLive]: toExpiresAt(resolvedAt, retentionDays),
    }),
  };
  return { ...marshall(item, { removeUndefinedValues: true }), ...toAlertItemKey(alert) };
};

/** Reads which alert an item of the table or of an index is; throws when the item is not an alert. */
export const fromAlertItemKey = (item: Item): AlertKey => v.parse(KeySchema, unmarshall(item));

/** Reads an alert back from the table or a stream's image; throws when the item is not an alert. */
export const fromAlertItem = (item: Item): Alert => {
  const value = unmarshall(item);
  const { title, endTitle, ...rest } = v.parse(RestSchema, value);
  return {
    ...v.parse(KeySchema, value),
    ...rest,
    text: rest.text ?? fromKeptTitle({ ...rest, title }),
    ...(endTitle === undefined ? {} : { endText: fromKeptEndTitle(endTitle) }),
  };
};

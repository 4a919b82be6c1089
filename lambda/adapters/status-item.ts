import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import {
  changedKey,
  listStateOf,
  serverStateKey,
  shardOf,
  stateKey,
} from "../domain/status/list-key.ts";
import {
  type RegistrationStatus,
  RegistrationStatusSchema,
} from "../domain/status/registration-status.ts";
import { readTime } from "../domain/time.ts";
import { PackedApplicationSchema, packApplication } from "./packed-application.ts";
import { statusTableKeys } from "./table-keys.ts";

/** An item as the SDK and the stream carry it. */
export type Item = Record<string, AttributeValue>;

const timeLength = "2026-01-01T00:00:00.000000Z".length;

// Every alert id begins with this; it is stored without, because bytes count.
const alertPrefix = "alert-";

const ItemSchema = v.pipe(
  v.object({
    ...v.omit(RegistrationStatusSchema, ["thisDN", "changedAt"]).entries,
    // Older items have the alert in the status.
    alert: v.optional(v.object({ id: v.string() })),
    ThisDN: v.string(),
    changedKey: v.pipe(
      v.string(),
      v.transform((key) => readTime(key.slice(0, timeLength))),
      v.number(),
    ),
    applications: v.record(v.string(), PackedApplicationSchema),
  }),
  v.transform(
    ({ ThisDN, changedKey: changedAt, alertId, alert, ...rest }): RegistrationStatus => ({
      thisDN: ThisDN,
      changedAt,
      ...rest,
      alertId: alertId === undefined ? alert?.id : alertPrefix + alertId,
    }),
  ),
);

// An item without these keys is in no index.
const toListKeys = (status: RegistrationStatus): Record<string, string> => {
  const state = listStateOf(status);
  const shard = shardOf(status.thisDN);
  return state === undefined
    ? {}
    : {
        [statusTableKeys.byState.partitionKey]: stateKey(state, shard),
        [statusTableKeys.byServerState.partitionKey]: serverStateKey(status.server, state, shard),
      };
};

/**
 * Writes a status as its item, with the keys of the lists that it belongs to. `changedAt` is stored only in the sort
 * key.
 */
export const toStatusItem = (status: RegistrationStatus): Item => {
  const { thisDN, changedAt: _, applications, alertId, ...rest } = status;
  const item = {
    ...rest,
    ...toListKeys(status),
    [statusTableKeys.partitionKey]: thisDN,
    [statusTableKeys.byState.sortKey]: changedKey(status),
    alertId: alertId?.slice(alertPrefix.length),
    applications: Object.fromEntries(
      Object.entries(applications).map(([name, value]) => [name, packApplication(value)]),
    ),
  };
  return marshall(item, { removeUndefinedValues: true });
};

/** Reads a status back from a table or a stream's image; throws when the item is not a status. */
export const fromStatusItem = (item: Item): RegistrationStatus =>
  v.parse(ItemSchema, unmarshall(item));

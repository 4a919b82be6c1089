import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { readTime } from "../domain/event-time.ts";
import {
  changedKey,
  listStateOf,
  serverStateKey,
  shardOf,
  stateKey,
} from "../domain/reading/list-key.ts";
import {
  type Application,
  ApplicationSchema,
  type RegistrationStatus,
  RegistrationStatusSchema,
} from "../domain/status/registration-status.ts";
import { statusTableKeys } from "./table-keys.ts";

/** An item as the SDK and the stream carry it. */
export type Item = Record<string, AttributeValue>;

const timeLength = "2026-01-01T00:00:00.000000Z".length;

// Mostly the newest unregistration is the loss itself: stored once, an item stays within one write unit.
const packApplication = ({ unregistered, lost, ...rest }: Application) =>
  unregistered !== undefined && unregistered.id === lost?.id
    ? { ...rest, lost }
    : { ...rest, unregistered, lost };

const unpackApplication = (packed: Application): Application => ({
  ...packed,
  unregistered: packed.unregistered ?? packed.lost,
});

const ItemSchema = v.pipe(
  v.object({
    ...v.omit(RegistrationStatusSchema, ["thisDN", "changedAt"]).entries,
    ThisDN: v.string(),
    changedKey: v.pipe(
      v.string(),
      v.transform((key) => readTime(key.slice(0, timeLength))),
      v.number(),
    ),
    applications: v.record(v.string(), v.pipe(ApplicationSchema, v.transform(unpackApplication))),
  }),
  v.transform(
    ({ ThisDN, changedKey: changedAt, ...rest }): RegistrationStatus => ({
      thisDN: ThisDN,
      changedAt,
      ...rest,
    }),
  ),
);

/** Writes a status as its item, with the keys of the lists it stands in. `changedAt` is kept in the sort key alone. */
export const toStatusItem = (status: RegistrationStatus): Item => {
  const { thisDN, changedAt: _, applications, ...rest } = status;
  const state = listStateOf(status);
  const shard = shardOf(thisDN);
  const item = {
    ...rest,
    [statusTableKeys.partitionKey]: thisDN,
    [statusTableKeys.byState.partitionKey]: stateKey(state, shard),
    [statusTableKeys.byServerState.partitionKey]: serverStateKey(status.server, state, shard),
    [statusTableKeys.byState.sortKey]: changedKey(status),
    applications: Object.fromEntries(
      Object.entries(applications).map(([name, value]) => [name, packApplication(value)]),
    ),
  };
  return marshall(item, { removeUndefinedValues: true });
};

/** Reads a status back from a table or a stream's image; throws when it is none of ours. */
export const fromStatusItem = (item: Item): RegistrationStatus =>
  v.parse(ItemSchema, unmarshall(item));

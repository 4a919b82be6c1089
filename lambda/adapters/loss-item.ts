import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { boundLoss } from "../domain/alerting/bound-loss.ts";
import {
  alertOf,
  isMissing,
  type Loss,
  type LossKey,
  LossSchema,
  lossPlace,
} from "../domain/alerting/loss.ts";
import { shardCount, shardOf } from "../domain/status/list-key.ts";
import { toExpiresAt } from "./expires-at.ts";
import type { Item } from "./status-item.ts";
import { lossesTableKeys } from "./table-keys.ts";

const maxHeldKeyLength = 330; // An index sort key holds 1,024 bytes: at most 3 bytes for each of JavaScript's characters.

const KeySchema = v.pipe(
  v.object({ ThisDN: v.string(), lossKey: v.pipe(v.string(), v.includes("#")) }),
  v.transform(({ ThisDN, lossKey }): LossKey => {
    // A server's name may contain a #, a loss's id does not.
    const end = lossKey.lastIndexOf("#");
    return { thisDN: ThisDN, server: lossKey.slice(0, end), lossId: lossKey.slice(end + 1) };
  }),
);

// The attributes that decide which state a stored loss is in.
const StoredLossSchema = v.looseObject({
  state: v.picklist(["passed", "held", "alerted", "ended"]),
  decidedAt: v.number(),
  heldBy: v.optional(v.string()),
  alert: v.optional(v.unknown()),
  endedAt: v.optional(v.number()),
});
type StoredLoss = v.InferOutput<typeof StoredLossSchema>;
type StoredState = StoredLoss["state"];

const holdDown = "hold-down";

const shards = Array.from({ length: shardCount }, (_, shard) => shard);
const heldPartition = (shard: number): string => `held#${shard}`;
const memberPartition = (alertId: string, shard: number): string => `${alertId}#${shard}`;

/** Index partitions of held losses. */
export const heldPartitions = shards.map(heldPartition);

/**
 * Index partitions of an alert's members: an index key takes 1,000 writes a second, and an incident may have 50,000
 * members.
 */
export const memberPartitions = (alertId: string): string[] =>
  shards.map((shard) => memberPartition(alertId, shard));

/**
 * What the sort keys of a server's held losses begin with. Those of a server whose name continues with a # begin with
 * it too.
 */
export const heldPrefix = (server: string): string => `${server}#`;

/** What the sort keys of missing members begin with. */
export const missingPrefix = "lost#";

/** What the sort keys of members that are back begin with. */
export const backPrefix = "back#";

const toMemberKeys = (loss: Loss, alertId: string) => ({
  [lossesTableKeys.byAlert.partitionKey]: memberPartition(alertId, shardOf(loss.thisDN)),
  [lossesTableKeys.byAlert.sortKey]:
    `${isMissing(loss) ? missingPrefix : backPrefix}${loss.thisDN}`,
});

const toHeldKeys = ({ thisDN, server, lossId }: Loss) => ({
  [lossesTableKeys.byHeld.partitionKey]: heldPartition(shardOf(thisDN)),
  [lossesTableKeys.byHeld.sortKey]: `${heldPrefix(server)}${thisDN}#${lossId}`
    .slice(0, maxHeldKeyLength)
    .toWellFormed(),
});

/** The key of a loss's item. */
export const toLossItemKey = ({ thisDN, server, lossId }: LossKey): Item => ({
  [lossesTableKeys.partitionKey]: { S: thisDN },
  [lossesTableKeys.sortKey]: { S: lossPlace({ server, lossId }) },
});

const storedStateOf = (loss: Loss): { state: StoredState; heldBy?: string } => {
  switch (loss.state) {
    case "waiting":
      return { state: "held", heldBy: holdDown };
    case "held":
      return { state: "held" };
    case "claimed":
    case "alerted":
      return { state: "alerted" };
    case "over":
      return { state: ({ brief: "passed", held: "ended", member: "alerted" } as const)[loss.as] };
  }
};

// A claim and the membership that it leads to are stored alike: only the alert itself shows which of the two it is.
const stateOf = ({ state, heldBy, alert, endedAt, decidedAt }: StoredLoss) => {
  const over = { state: "over", endedAt: endedAt ?? decidedAt };
  switch (state) {
    case "held":
      return { state: heldBy === undefined || heldBy === holdDown ? "waiting" : "held" };
    case "alerted":
      if (endedAt !== undefined) return { ...over, as: "member" };
      return { state: alert === undefined ? "waiting" : "claimed" };
    case "passed":
      return { ...over, as: "brief" };
    case "ended":
      return { ...over, as: heldBy === undefined ? "brief" : "held" };
  }
};

/**
 * Writes a loss as its item, no larger than an item may be. DynamoDB removes it `retentionDays` after the loss is over.
 */
export const toLossItem = (unbounded: Loss, retentionDays: number): Item => {
  const loss = boundLoss(unbounded);
  const { thisDN: _dn, server: _server, lossId: _id, ...rest } = loss;
  const alert = alertOf(loss);
  const { state, ...stored } = storedStateOf(loss);
  const item = {
    ...rest,
    ...stored,
    as: undefined,
    state,
    ...(alert && toMemberKeys(loss, alert.alertId)),
    ...(state === "held" && toHeldKeys(loss)),
    ...(loss.state === "over" && {
      [lossesTableKeys.timeToLive]: toExpiresAt(loss.endedAt, retentionDays),
    }),
  };
  return { ...marshall(item, { removeUndefinedValues: true }), ...toLossItemKey(loss) };
};

/** Reads which loss an item of the table or of an index is; throws when the item is not a loss. */
export const fromLossItemKey = (item: Item): LossKey => v.parse(KeySchema, unmarshall(item));

/** Reads a loss back, of this version or an earlier one (ADR 0016); throws when the item is not a loss. */
export const fromLossItem = (item: Item): Loss => {
  const value = unmarshall(item);
  const stored = v.parse(StoredLossSchema, value);
  const { endedBy = "registered" } = stored;
  return v.parse(LossSchema, {
    ...stored,
    ...stateOf(stored),
    endedBy,
    ...v.parse(KeySchema, value),
  });
};

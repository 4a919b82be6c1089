import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { isMissing, type Loss, type LossKey, LossSchema } from "../domain/alerting/loss.ts";
import { shardCount, shardOf } from "../domain/status/list-key.ts";
import { toExpiresAt } from "./expires-at.ts";
import type { Item } from "./status-item.ts";
import { lossesTableKeys } from "./table-keys.ts";

const maxHeldKeyLength = 330; // An index sort key holds 1,024 bytes: at most 3 bytes for each of JavaScript's characters.

const KeySchema = v.pipe(
  v.object({ ThisDN: v.string(), lossKey: v.pipe(v.string(), v.includes("#")) }),
  v.transform(({ ThisDN, lossKey }): LossKey => {
    // A server's name may have a # in it, a loss's id has none.
    const end = lossKey.lastIndexOf("#");
    return { thisDN: ThisDN, server: lossKey.slice(0, end), lossId: lossKey.slice(end + 1) };
  }),
);
const RestSchema = v.omit(LossSchema, ["thisDN", "server", "lossId"]);

const shards = Array.from({ length: shardCount }, (_, shard) => shard);
const heldPartition = (shard: number): string => `held#${shard}`;
const memberPartition = (alertId: string, shard: number): string => `${alertId}#${shard}`;

/** Where held losses stand in their index. */
export const heldPartitions = shards.map(heldPartition);

/** Where members of an alert stand in their index: an index key takes 1,000 writes a second, and an incident may have 50,000. */
export const memberPartitions = (alertId: string): string[] =>
  shards.map((shard) => memberPartition(alertId, shard));

/** What the places of a server's held losses begin with; those of a server whose name goes on with a # too. */
export const heldPrefix = (server: string): string => `${server}#`;

/** What the places of members that are missing begin with. */
export const missingPrefix = "lost#";

/** What the places of members that are back begin with. */
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
  [lossesTableKeys.sortKey]: { S: `${server}#${lossId}` },
});

/** Writes a loss as its item; once it is neither held nor missing, DynamoDB removes it `retentionDays` after it was decided or over. */
export const toLossItem = (loss: Loss, retentionDays: number): Item => {
  const { thisDN: _dn, server: _server, lossId: _id, ...rest } = loss;
  const isOver = loss.state !== "held" && !isMissing(loss);
  const item = {
    ...rest,
    ...(loss.alert && toMemberKeys(loss, loss.alert.alertId)),
    ...(loss.state === "held" && toHeldKeys(loss)),
    ...(isOver && {
      [lossesTableKeys.timeToLive]: toExpiresAt(loss.endedAt ?? loss.decidedAt, retentionDays),
    }),
  };
  return { ...marshall(item, { removeUndefinedValues: true }), ...toLossItemKey(loss) };
};

/** Reads which loss an item of the table or of an index is; throws when it is none of ours. */
export const fromLossItemKey = (item: Item): LossKey => v.parse(KeySchema, unmarshall(item));

/** Reads a loss back; throws when it is none of ours. */
export const fromLossItem = (item: Item): Loss => {
  const value = unmarshall(item);
  return { ...v.parse(KeySchema, value), ...v.parse(RestSchema, value) };
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import type { Part, ReadHeld } from "../domain/alerting/alert-ports.ts";
import type { LossKey } from "../domain/alerting/loss.ts";
import { shardCount } from "../domain/reading/list-key.ts";
import { keyCondition } from "./key-condition.ts";
import { fromLossItemKey, heldPartition, heldPrefix } from "./loss-item.ts";
import { queryPart } from "./query-part.ts";
import { lossesTableKeys } from "./table-keys.ts";

const { byHeld } = lossesTableKeys;

const PlaceSchema = v.object({ shard: v.number(), from: v.optional(v.string()) });
type Place = v.InferOutput<typeof PlaceSchema>;
const PlaceTextSchema = v.pipe(v.string(), v.parseJson(), PlaceSchema);

/** Reads held losses from their index, shard by shard, eventually consistent. */
export const createReadHeld = (client: DynamoDBClient, tableName: string): ReadHeld => {
  const readShard = async (
    server: string | undefined,
    { shard, from }: Place,
    limit: number,
  ): Promise<Part<LossKey>> => {
    const partition = heldPartition(shard);
    const condition =
      server === undefined
        ? keyCondition(byHeld, partition)
        : keyCondition(byHeld, partition, { is: "begins_with", value: heldPrefix(server) });
    const query = { TableName: tableName, IndexName: byHeld.indexName, ...condition };
    const { items, next } = await queryPart(client, query, { limit, from });
    const keys = items.map(fromLossItemKey);
    return { items: keys.filter((key) => server === undefined || key.server === server), next };
  };

  return async ({ server, limit, from }) => {
    const items: LossKey[] = [];
    let place: Place = from === undefined ? { shard: 0 } : v.parse(PlaceTextSchema, from);
    while (place.shard < shardCount && items.length < limit) {
      const { shard } = place;
      const part = await readShard(server, place, limit - items.length);
      items.push(...part.items);
      place = part.next === undefined ? { shard: shard + 1 } : { shard, from: part.next };
    }
    return { items, next: place.shard < shardCount ? JSON.stringify(place) : undefined };
  };
};

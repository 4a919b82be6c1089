import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ReadHeld } from "../ports/losses.ts";
import { keyCondition } from "./key-condition.ts";
import { fromLossItemKey, heldPartitions, heldPrefix } from "./loss-item.ts";
import { queryPart } from "./query-part.ts";
import { readInTurn } from "./read-in-turn.ts";
import { lossesTableKeys } from "./table-keys.ts";

const { byHeld } = lossesTableKeys;

/** Reads held losses from their index, shard by shard, eventually consistent. */
export const createReadHeld =
  (client: DynamoDBClient, tableName: string): ReadHeld =>
  ({ server, ...range }) =>
    readInTurn(heldPartitions, range, async (partition, part) => {
      const condition =
        server === undefined
          ? keyCondition(byHeld, partition)
          : keyCondition(byHeld, partition, { is: "begins_with", value: heldPrefix(server) });
      const query = { TableName: tableName, IndexName: byHeld.indexName, ...condition };
      const { items, next } = await queryPart(client, query, part);
      const keys = items.map(fromLossItemKey);
      return { items: keys.filter((key) => server === undefined || key.server === server), next };
    });

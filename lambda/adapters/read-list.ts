import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import { serverStateKey, stateKey } from "../domain/status/list-key.ts";
import type { ListRange, ReadList } from "../ports/statuses.ts";
import { keyCondition } from "./key-condition.ts";
import { queryItems } from "./query-items.ts";
import { statusTableKeys } from "./table-keys.ts";

const EntrySchema = v.object({ ThisDN: v.string(), server: v.string(), changedKey: v.string() });

const chooseIndex = ({ server, state, shard }: ListRange) =>
  server === undefined
    ? { index: statusTableKeys.byState, key: stateKey(state, shard) }
    : { index: statusTableKeys.byServerState, key: serverStateKey(server, state, shard) };

/** Reads one shard of a list from its index, eventually consistent. */
export const createReadList =
  (client: DynamoDBClient, tableName: string): ReadList =>
  async (range) => {
    const { index, key } = chooseIndex(range);
    const { beyond, newestFirst, limit } = range;
    const sort =
      beyond === undefined ? undefined : ({ is: newestFirst ? "<" : ">", value: beyond } as const);
    const query = {
      TableName: tableName,
      IndexName: index.indexName,
      ScanIndexForward: !newestFirst,
      Limit: limit,
      ...keyCondition(index, key, sort),
    };
    const items = await queryItems(client, query, limit);
    return items.slice(0, limit).map((item) => {
      const { ThisDN: thisDN, ...entry } = v.parse(EntrySchema, unmarshall(item));
      return { thisDN, ...entry };
    });
  };

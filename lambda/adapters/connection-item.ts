import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import {
  type Connection,
  type ConnectionKey,
  ConnectionSchema,
} from "../domain/connection/connection.ts";
import type { Item } from "./status-item.ts";
import { connectionsTableKeys } from "./table-keys.ts";

const { byAll, partitionKey, sortKey } = connectionsTableKeys;
const KeySchema = v.object({ server: v.string(), application: v.string() });

/** Index partition of all connections. */
export const allPartition = "all";

/** The key of a connection's item. */
export const toConnectionItemKey = ({ server, application }: ConnectionKey): Item => ({
  [partitionKey]: { S: server },
  [sortKey]: { S: application },
});

/** Writes a connection as its item. */
export const toConnectionItem = (connection: Connection): Item => {
  const item = {
    ...connection,
    [byAll.partitionKey]: allPartition,
    [byAll.sortKey]: `${connection.server}#${connection.application}`,
  };
  return marshall(item, { removeUndefinedValues: true });
};

/** Reads which connection an item of the index is; throws when the item is not a connection. */
export const fromConnectionItemKey = (item: Item): ConnectionKey =>
  v.parse(KeySchema, unmarshall(item));

/** Reads a connection back; throws when the item is not a connection. */
export const fromConnectionItem = (item: Item): Connection =>
  v.parse(ConnectionSchema, unmarshall(item));

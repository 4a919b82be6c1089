import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Item } from "../../lambda/adapters/status-item.ts";
import { isConditionFailure } from "../../lambda/adapters/store-errors.ts";
import { alertsTableKeys, statusTableKeys } from "../../lambda/adapters/table-keys.ts";
import { retryOnConflict } from "../../lambda/async/retry-on-conflict.ts";
import { type KeyNames, keyOf } from "../tables/table-key.ts";

/** A table of the stack. */
export type LivingTable = {
  readonly tableName: string;
  readonly keys: KeyNames;
};

// What the streams' filters look at: a copy sends no message.
const quieten = ({ [alertsTableKeys.notice]: _, ...item }: Item): Item =>
  statusTableKeys.changed in item ? { ...item, [statusTableKeys.changed]: { BOOL: false } } : item;

const revisionOf = (item: Item | undefined): number => Number(item?.["revision"]?.N ?? 0);

const conditionOn = (present: number) =>
  present === 0
    ? { ConditionExpression: "attribute_not_exists(revision)" }
    : {
        ConditionExpression: "revision = :present",
        ExpressionAttributeValues: { ":present": { N: String(present) } },
      };

const tryCopy = async (
  client: DynamoDBClient,
  table: LivingTable,
  item: Item,
): Promise<"copied" | "conflict"> => {
  const { tableName: TableName, keys } = table;
  const read = new GetItemCommand({ TableName, Key: keyOf(item, keys), ConsistentRead: true });
  const present = revisionOf((await client.send(read)).Item);
  // Subscribers pass over what is not above the revision that they have seen.
  const revision = { N: String(Math.max(present, revisionOf(item)) + 1) };
  const Item = { ...quieten(item), revision };
  try {
    await client.send(new PutItemCommand({ TableName, Item, ...conditionOn(present) }));
    return "copied";
  } catch (error) {
    if (isConditionFailure(error)) return "conflict";
    throw error;
  }
};

/**
 * Puts an item of a restored table in the place of the present one, so that no message is sent and its revision goes on from the
 * higher of the two.
 */
export const copyItem = async (
  client: DynamoDBClient,
  table: LivingTable,
  item: Item,
): Promise<void> => {
  if (!("revision" in item)) {
    await client.send(new PutItemCommand({ TableName: table.tableName, Item: item }));
    return;
  }
  const what = `an item of ${table.tableName}, though all should be stopped,`;
  await retryOnConflict(what, () => tryCopy(client, table, item));
};

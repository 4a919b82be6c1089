import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "../../lambda/adapters/status-item.ts";
import { isConditionFailure } from "../../lambda/adapters/store-errors.ts";
import type { ItemAttributes } from "./without-person.ts";

/** An item to write to, what it has now, and what of it changes: new values of attributes; undefined: it goes. */
export type Update = {
  readonly tableName: string;
  readonly key: Item;
  readonly item: ItemAttributes;
  readonly changes: ReadonlyMap<string, unknown>;
};

const clause = (word: string, parts: readonly string[]): string =>
  parts.length === 0 ? "" : `${word} ${parts.join(", ")} `;

// The names are our own, so that they can stand in an expression.
const toExpressions = ({ item, changes }: Update) => {
  const { revision } = item;
  // What is written again and again counts its writes. A row of the history does not: its old values stand for it.
  const isCounted = typeof revision === "number";
  const after = isCounted ? new Map([...changes, ["revision", revision + 1]]) : changes;
  const watched = isCounted ? ["revision"] : [...changes.keys()];
  const names = [...after.keys()];
  const set = names.filter((name) => after.get(name) !== undefined);
  const gone = names.filter((name) => after.get(name) === undefined);
  const values = [
    ...set.map((name) => [`:${name}`, after.get(name)]),
    ...watched.map((name) => [`:old_${name}`, item[name]]),
  ];
  return {
    UpdateExpression:
      clause(
        "SET",
        set.map((name) => `#${name} = :${name}`),
      ) +
      clause(
        "REMOVE",
        gone.map((name) => `#${name}`),
      ),
    ConditionExpression: watched.map((name) => `#${name} = :old_${name}`).join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: marshall(Object.fromEntries(values)),
  };
};

/** Changes attributes of an item unless another writer has changed it meanwhile; its revision counts on, where it has one. */
export const updateIfSame = async (
  client: DynamoDBClient,
  update: Update,
): Promise<"written" | "conflict"> => {
  const { tableName: TableName, key: Key } = update;
  try {
    await client.send(new UpdateItemCommand({ TableName, Key, ...toExpressions(update) }));
    return "written";
  } catch (error) {
    if (isConditionFailure(error)) return "conflict";
    throw error;
  }
};

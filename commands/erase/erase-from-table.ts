import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import type { Item } from "../../lambda/adapters/status-item.ts";
import { inParallel } from "../../lambda/async/in-parallel.ts";
import { retryOnConflict } from "../../lambda/async/retry-on-conflict.ts";
import { scanTable, type TableScan } from "../tables/scan-table.ts";
import { keyOf } from "../tables/table-key.ts";
import type { Person } from "./person.ts";
import type { PersonalTable } from "./personal-tables.ts";
import { updateIfSame } from "./update-if-same.ts";
import { type ItemAttributes, withoutPerson } from "./without-person.ts";

/** What erasing needs besides the table. */
export type EraseContext = Pick<TableScan, "unitsPerSecond" | "Limit"> & {
  readonly client: DynamoDBClient;
  readonly person: Person;
  /** Only count. */
  readonly isDry: boolean;
  readonly terminal: Terminal;
};

/** How many items were looked at, and how many held the person. */
export type Erased = {
  readonly read: number;
  readonly found: number;
};

const width = 10;
const noteEvery = 10_000;

const quietly = (item: ItemAttributes, { quiet }: PersonalTable): [string, unknown][] =>
  Object.entries(quiet).filter(([name, value]) => item[name] !== value);

/** Erases a person from one item, by however many tries; whether it held the person. */
const eraseFromItem = async (
  table: PersonalTable,
  context: EraseContext,
  found: Item,
): Promise<boolean> => {
  const { client, person, isDry } = context;
  const { tableName } = table;
  const key = keyOf(found, table.keys);
  let current: Item | undefined = found;
  let isHeld = false;
  return retryOnConflict(`an item of ${tableName}`, async () => {
    if (current === undefined) return true;
    const item = unmarshall(current);
    const changes = withoutPerson(item, person);
    if (changes.size === 0) return isHeld;
    if (isDry) return true;
    isHeld = true;
    const all = new Map([...changes, ...quietly(item, table)]);
    if ((await updateIfSame(client, { tableName, key, item, changes: all })) === "written")
      return true;
    const read = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true });
    current = (await client.send(read)).Item;
    return "conflict";
  });
};

/** Erases a person from all items of a table, or counts those that hold the person. May be ended, and done again, at any time. */
export const eraseFromTable = async (
  table: PersonalTable,
  context: EraseContext,
): Promise<Erased> => {
  const { client, unitsPerSecond, Limit, terminal } = context;
  let read = 0;
  let found = 0;
  const scan = {
    TableName: table.tableName,
    ...table.filter,
    unitsPerSecond,
    ...(Limit !== undefined && { Limit }),
  };
  await scanTable(client, scan, async (items, count) => {
    const held = await inParallel(width, items, (item) => eraseFromItem(table, context, item));
    found += held.filter(Boolean).length;
    const isWorthANote = Math.floor((read + count) / noteEvery) > Math.floor(read / noteEvery);
    read += count;
    if (isWorthANote) terminal.note(`${table.name}: ${read} items read, ${found} with it`);
  });
  return { read, found };
};

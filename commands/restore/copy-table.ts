import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import { inParallel } from "../../lambda/async/in-parallel.ts";
import { scanTable, type TableScan } from "../tables/scan-table.ts";
import { copyItem, type LivingTable } from "./copy-item.ts";

/** Where a restored table is copied to; `isDry`: only count. */
export type CopyContext = {
  readonly table: LivingTable;
  readonly isDry: boolean;
  readonly terminal: Terminal;
};

const width = 25;
const noteEvery = 10_000;

/** Copies every item of a restored table; gives their number. */
export const copyTable = async (
  client: DynamoDBClient,
  scan: TableScan,
  { table, isDry, terminal }: CopyContext,
): Promise<number> => {
  let copied = 0;
  await scanTable(client, scan, async (items) => {
    if (!isDry) await inParallel(width, items, (item) => copyItem(client, table, item));
    const isWorthANote =
      Math.floor((copied + items.length) / noteEvery) > Math.floor(copied / noteEvery);
    copied += items.length;
    if (isWorthANote) terminal.note(`${copied} items`);
  });
  return copied;
};

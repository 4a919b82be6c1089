import type { Item } from "../../lambda/adapters/status-item.ts";

/** What the keys of a table are called. */
export type KeyNames = {
  readonly partitionKey: string;
  readonly sortKey: string;
};

/** The key of an item. */
export const keyOf = (item: Item, { partitionKey, sortKey }: KeyNames): Item =>
  Object.fromEntries(
    Object.entries(item).filter(([name]) => name === partitionKey || name === sortKey),
  );

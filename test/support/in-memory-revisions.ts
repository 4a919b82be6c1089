import type { WriteRevision } from "../../lambda/ports/revisions.ts";

// Like DynamoDB, which refuses an item over 400 KB.
const maxItemBytes = 400 * 1024;

/**
 * A write on condition of the revision before, into a map, as the tables do it. Throws for an item that no table
 * accepts.
 */
export const writeInto =
  <Item extends { revision: number }>(
    items: Map<string, Item>,
    keyOf: (item: Item) => string,
  ): WriteRevision<Item> =>
  async (item) => {
    if (Buffer.byteLength(JSON.stringify(item)) > maxItemBytes)
      throw new Error("ValidationException: the item is too long");
    const stored = items.get(keyOf(item))?.revision ?? 0;
    if (stored !== item.revision - 1) return "conflict";
    items.set(keyOf(item), structuredClone(item));
    return "written";
  };

import * as v from "valibot";
import type { Part } from "../ports/revisions.ts";

const PlaceSchema = v.object({ range: v.number(), from: v.optional(v.string()) });
type Place = v.InferOutput<typeof PlaceSchema>;
const PlaceTextSchema = v.pipe(v.string(), v.parseJson(), PlaceSchema);

/** Which part of several ranges to read: where it begins (`next` of the part before), and how much of it. */
type PartRange = { limit: number; from?: string | undefined };

/** Reads ranges one after the other as if they were one. Throws when `from` is not a position in these ranges. */
export const readInTurn = async <Range, Item>(
  ranges: readonly Range[],
  { limit, from }: PartRange,
  read: (range: Range, part: PartRange) => Promise<Part<Item>>,
): Promise<Part<Item>> => {
  const items: Item[] = [];
  let place: Place = from === undefined ? { range: 0 } : v.parse(PlaceTextSchema, from);
  for (let range = ranges[place.range]; range !== undefined; range = ranges[place.range]) {
    if (items.length >= limit) return { items, next: JSON.stringify(place) };
    const part = await read(range, { limit: limit - items.length, from: place.from });
    items.push(...part.items);
    place =
      part.next === undefined
        ? { range: place.range + 1 }
        : { range: place.range, from: part.next };
  }
  return { items, next: undefined };
};

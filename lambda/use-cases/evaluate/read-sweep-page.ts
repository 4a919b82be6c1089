import { inParallel } from "../../async/in-parallel.ts";
import { type ListState, shardCount } from "../../domain/status/list-key.ts";
import { compareText } from "../../domain/text.ts";
import type { ListEntry, ReadList } from "../../ports/statuses.ts";

/** Which part of a server's lists to read: sort keys strictly beyond `beyond`, from the start when that is absent. */
export type SweepRange = {
  server: string;
  states: readonly ListState[];
  beyond: string | undefined;
};

/** A part of a server's lists, each DN once, and the sort key that the next part lies beyond; absent at the end. */
export type SweepPage = { entries: ListEntry[]; next: string | undefined };

/** Reads the next part of a server's lists, oldest change first. */
export type ReadSweepPage = (range: SweepRange) => Promise<SweepPage>;

const entriesPerShard = 64;

const lowest = (keys: readonly string[]): string | undefined => keys.toSorted(compareText)[0];

/**
 * Builds the reader of a server's lists. All lists share one watermark, from the oldest change on: a DN that changes
 * meanwhile moves ahead of it, into whatever list, and is read again; in the opposite order it would be missed.
 */
export const createReadSweepPage =
  (readList: ReadList): ReadSweepPage =>
  async ({ server, states, beyond }) => {
    const shards = states.flatMap((state) =>
      Array.from({ length: shardCount }, (_, shard) => ({ state, shard })),
    );
    const lists = await inParallel(shards.length, shards, (shard) =>
      readList({ ...shard, server, newestFirst: false, beyond, limit: entriesPerShard }),
    );
    // A list that was read up to its limit continues after its last entry: what the other lists have beyond that must
    // wait.
    const full = lists.filter((list) => list.length === entriesPerShard);
    const next = lowest(full.flatMap((list) => list.slice(-1).map((last) => last.changedKey)));
    const entries = lists
      .flat()
      .filter(({ changedKey }) => next === undefined || compareText(changedKey, next) <= 0);
    return { entries: [...new Map(entries.map((one) => [one.thisDN, one])).values()], next };
  };

import { inParallel, storeWidth } from "../async/in-parallel.ts";
import { type ListFilter, mayMatch } from "../domain/status/list-filter.ts";
import { listStates, shardCount } from "../domain/status/list-key.ts";
import { compareText } from "../domain/text.ts";
import { formatTime } from "../domain/time.ts";
import type { ListEntry, ListRange, ReadList } from "../ports/statuses.ts";

/** Which positions to read: strictly beyond a sort key, at most `limit`, of each shard at most `perShard`. */
export type PositionsQuery = ListFilter & {
  newestFirst: boolean;
  beyond?: string | undefined;
  limit: number;
  perShard: number;
};

/** Positions in the list's order without a gap, and whether there may be more behind the last. */
export type Positions = { page: ListEntry[]; more: boolean };

// Of the retired, positions before this time are not shown: from the newest on, the first of them ends its shard.
const readRetired = async (
  readList: ReadList,
  range: ListRange,
  since: number,
): Promise<ListEntry[]> => {
  const floor = formatTime(since);
  const { newestFirst, beyond = newestFirst ? undefined : floor } = range;
  const isBelow = beyond !== undefined && beyond < floor;
  if (newestFirst && isBelow) return [];
  const entries = await readList({ ...range, beyond: isBelow ? floor : beyond });
  return entries.filter(({ changedKey }) => changedKey > floor);
};

/**
 * Builds the reader of the positions of all lists that may hold what a filter wants, merged by sort key. One watermark
 * serves all shards: what lies behind the end of a shard that was read only in part waits for the next call.
 */
export const createReadPositions =
  (readList: ReadList) =>
  async (query: PositionsQuery): Promise<Positions> => {
    const { server, newestFirst, beyond, limit, perShard, retiredSince } = query;
    const ranges = [...listStates, "retired" as const]
      .filter((state) => mayMatch(state, query))
      .flatMap((state) => Array.from({ length: shardCount }, (_, shard) => ({ state, shard })));
    const shards = await inParallel(storeWidth, ranges, ({ state, shard }) => {
      const range = { state, shard, server, newestFirst, beyond, limit: perShard };
      return state === "retired" && retiredSince !== undefined
        ? readRetired(readList, range, retiredSince)
        : readList(range);
    });
    const compare = (a: string, b: string) => (newestFirst ? compareText(b, a) : compareText(a, b));
    const [end] = shards
      .filter((entries) => entries.length === perShard)
      .flatMap((entries) => entries.slice(-1).map(({ changedKey }) => changedKey))
      .sort(compare);
    const all = shards
      .flat()
      .filter(({ changedKey }) => end === undefined || compare(changedKey, end) <= 0)
      .sort((a, b) => compare(a.changedKey, b.changedKey));
    return { page: all.slice(0, limit), more: end !== undefined || all.length > limit };
  };

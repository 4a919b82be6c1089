import { shardCount } from "../../domain/status/list-key.ts";
import { formatTime, readTime } from "../../domain/time.ts";
import type { ListEntry, ReadList } from "../../ports/statuses.ts";

const pageSize = 1000;
const timeLength = 27;

/** Shards of the lists of DNs that have lost a registration: all shards of both lists. */
export const lossShards = (["unexpected", "mixed"] as const).flatMap((state) =>
  Array.from({ length: shardCount }, (_, shard) => ({ state, shard })),
);

/** One shard of these lists. */
export type LossShard = (typeof lossShards)[number];

/** When a list's entry last changed, by our clock in microseconds. */
export const changedAtOf = ({ changedKey }: ListEntry): number =>
  readTime(changedKey.slice(0, timeLength)) ?? 0;

/** Reads one shard of a list in parts, oldest first, from a time (microseconds) or from its start. */
export const createReadLossShard = (readList: ReadList) =>
  async function* readLossShard(
    shard: LossShard,
    server: string | undefined,
    since: number | undefined,
  ): AsyncGenerator<ListEntry[]> {
    let beyond = since === undefined ? undefined : formatTime(since);
    for (;;) {
      const range = { ...shard, server, newestFirst: false, beyond, limit: pageSize };
      const entries = await readList(range);
      yield entries;
      if (entries.length < pageSize) return;
      beyond = entries.at(-1)?.changedKey;
    }
  };

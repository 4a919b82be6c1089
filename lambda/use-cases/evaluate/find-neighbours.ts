import { inParallel } from "../../async/in-parallel.ts";
import { shardCount } from "../../domain/status/list-key.ts";
import { formatTime, readTime } from "../../domain/time.ts";
import type { ListEntry, ReadList } from "../../ports/statuses.ts";
import { type AlertingDependencies, width } from "./alerting-dependencies.ts";

const pageSize = 1000;
const timeLength = 27;

/** Positions in the lists of those that have lost a registration: all shards of both lists. */
export const lossShards = (["unexpected", "mixed"] as const).flatMap((state) =>
  Array.from({ length: shardCount }, (_, shard) => ({ state, shard })),
);

/** When a list's entry last changed, by our clock in microseconds. */
export const changedAtOf = ({ changedKey }: ListEntry): number =>
  readTime(changedKey.slice(0, timeLength)) ?? 0;

/** Reads one shard of a list in parts, oldest first, from a time (microseconds) on or from its start. */
export const createReadShard = (readList: ReadList) =>
  async function* readShard(
    shard: (typeof lossShards)[number],
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

/**
 * Builds what finds the DNs of a server that lack a registration unexpectedly since about a time, and when each one changed.
 * Eventually consistent. Times by our clock in microseconds.
 */
export const createFindNeighbours = ({ readList }: Pick<AlertingDependencies, "readList">) => {
  const readShard = createReadShard(readList);

  return async (server: string, from: number, to: number): Promise<Map<string, number>> => {
    const findIn = async (shard: (typeof lossShards)[number]): Promise<[string, number][]> => {
      const found: [string, number][] = [];
      for await (const entries of readShard(shard, server, from)) {
        const times = entries.map((entry): [string, number] => [entry.thisDN, changedAtOf(entry)]);
        found.push(...times.filter(([, time]) => time <= to));
        if (times.some(([, time]) => time > to)) break;
      }
      return found;
    };
    return new Map((await inParallel(width, lossShards, findIn)).flat());
  };
};

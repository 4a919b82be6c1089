import { inParallel } from "../../async/in-parallel.ts";
import type { AlertCondition } from "../../domain/alerting/apply-condition.ts";
import { shardCount } from "../../domain/status/list-key.ts";
import type { StatusKey } from "../../domain/status/registration-status.ts";
import { isRegisteredBy } from "./count-registered.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

const shards = (["registered", "mixed"] as const).flatMap((state) =>
  Array.from({ length: shardCount }, (_, shard) => ({ state, shard })),
);
const entriesPerRead = 1_000;
const mostEntries = 100_000;
const mostStatuses = 2_000;

/**
 * Builds the count of the DNs behind a condition. Of a server: those that are registered on it, from the lists; of a
 * bridge: those that it holds there, from the statuses where these are few, else as it was last counted or as the bridge
 * said. Undefined where that is not known, or there are more than 100,000.
 */
export const createCountAffected = ({
  readList,
  readStatuses,
  readConnection,
}: Pick<EvaluatePorts, "readList" | "readStatuses" | "readConnection">) => {
  const readShard = async (server: string, shard: (typeof shards)[number]) => {
    const keys: StatusKey[] = [];
    let beyond: string | undefined;
    do {
      const range = { ...shard, server, newestFirst: false, beyond, limit: entriesPerRead };
      const entries = await readList(range);
      keys.push(...entries.map(({ thisDN }) => ({ thisDN, server })));
      beyond = entries.length === entriesPerRead ? entries.at(-1)?.changedKey : undefined;
    } while (beyond !== undefined && keys.length < mostEntries / shards.length);
    return { keys, isWhole: beyond === undefined };
  };

  const readKeys = async (server: string): Promise<StatusKey[] | undefined> => {
    const all = await inParallel(shards.length, shards, (shard) => readShard(server, shard));
    // A DN that changes meanwhile may be in two lists.
    const keys = new Map(all.flatMap((one) => one.keys).map((key) => [key.thisDN, key]));
    return all.every(({ isWhole }) => isWhole) ? [...keys.values()] : undefined;
  };

  return async ({
    server,
    application,
  }: Pick<AlertCondition, "server" | "application">): Promise<number | undefined> => {
    const keys = await readKeys(server);
    if (application === undefined) return keys?.length;
    if (keys !== undefined && keys.length <= mostStatuses) {
      const statuses = await readStatuses(keys);
      return statuses.filter((status) => isRegisteredBy(status, application)).length;
    }
    const { counted, registered } = (await readConnection({ server, application })) ?? {};
    return counted?.count ?? registered?.count;
  };
};

import type { DeliverBatch } from "./batch-delivery.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { readShard, type ShardReaderPorts } from "./shard-reader.ts";
import type { StreamMappingSettings } from "./stream-mapping-settings.ts";
import type { ShardPosition, StreamShard } from "./stream-source.ts";

/** What a running stream mapping depends on. */
export type StreamMappingPorts = {
  /** The id of the stream in the checkpoints. */
  readonly checkpointId: string;
  readonly startsAt: StreamMappingSettings["startsAt"];
  readonly checkpoints: Checkpoints;
  /** What the readers of all shards have in common. */
  readonly shared: Omit<ShardReaderPorts, "deliver" | "saveCheckpoint">;
  readonly deliveryOf: (shardId: string) => DeliverBatch;
  readonly discoverMilliseconds: number;
  readonly listShards: () => Promise<readonly StreamShard[]>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Called when a shard can be read no further, and when the stack stops. */
  readonly onFailure: (error: unknown) => void;
};

const portsOf = (
  shardId: string,
  { shared, deliveryOf, checkpoints, checkpointId }: StreamMappingPorts,
): ShardReaderPorts => ({
  ...shared,
  deliver: deliveryOf(shardId),
  saveCheckpoint: (sequence) => checkpoints.write(checkpointId, shardId, sequence),
});

const startable = (
  shards: readonly StreamShard[],
  started: ReadonlySet<string>,
  finished: ReadonlySet<string>,
): readonly StreamShard[] => {
  const listed = new Set(shards.map(({ id }) => id));
  return shards.filter(({ id, parentId }) => {
    const parentIsDone = parentId === undefined || !listed.has(parentId) || finished.has(parentId);
    return !started.has(id) && parentIsDone;
  });
};

/** LATEST concerns the shards that exist at the start; later ones are their children, which are read from the start. */
const startOf = (
  shardId: string,
  isFirstLook: boolean,
  { checkpoints, checkpointId, startsAt }: StreamMappingPorts,
): ShardPosition => {
  const sequenceNumber = checkpoints.read(checkpointId, shardId);
  if (sequenceNumber !== undefined) return { kind: "after", sequenceNumber };
  return { kind: isFirstLook && startsAt === "LATEST" ? "newest" : "oldest" };
};

/** Reads every shard of a stream, a child after its parent. Rejects when the stack stops. */
export const runStreamMapping = async (ports: StreamMappingPorts): Promise<never> => {
  const { listShards, wait, discoverMilliseconds } = ports;
  const started = new Set<string>();
  const finished = new Set<string>();
  let isFirstLook = true;
  let lookAgain = (): void => undefined;
  const finish = (shardId: string): void => {
    finished.add(shardId);
    lookAgain();
  };
  for (;;) {
    const next = Promise.withResolvers<void>();
    lookAgain = next.resolve;
    const shards = await listShards().catch(() => undefined);
    for (const shard of startable(shards ?? [], started, finished)) {
      started.add(shard.id);
      readShard(shard.id, startOf(shard.id, isFirstLook, ports), portsOf(shard.id, ports)).then(
        () => finish(shard.id),
        ports.onFailure,
      );
    }
    if (shards !== undefined && shards.length > 0) isFirstLook = false;
    // The children of a shard that has ended are there at once.
    await Promise.race([wait(discoverMilliseconds), next.promise]);
  }
};

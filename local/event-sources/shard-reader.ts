import type { DeliverBatch } from "./batch-delivery.ts";
import type { Filter } from "./filter-pattern.ts";
import type { ShardPosition, StreamRecord, StreamSource } from "./stream-record.ts";

/** What the reader of one shard needs. */
export interface ShardReaderPorts {
  readonly source: StreamSource;
  readonly passes: Filter;
  readonly deliver: DeliverBatch;
  readonly batchSize: number;
  readonly windowMilliseconds: number;
  readonly pollMilliseconds: number;
  readonly saveCheckpoint: (sequenceNumber: string) => void;
  readonly now: () => number;
  /** Waits; rejects when the stack stops. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Reads a shard to its end, in order, and delivers what passes the filter in batches. Resolves at the end of a closed
 * shard, rejects when the stack stops. It keeps its iterator: engines get slow when a shard is read from its start.
 */
export async function readShard(
  shardId: string,
  from: ShardPosition,
  ports: ShardReaderPorts,
): Promise<void> {
  const { source, wait, pollMilliseconds } = ports;
  const batch = createBatch(ports);
  let position = from;
  let iterator: string | undefined;
  for (;;) {
    iterator ??= await untilItWorks(() => source.openShard(shardId, position), wait);
    const read = await source.read(iterator).catch(() => undefined);
    if (read === undefined) {
      // Expired, or the engine is out of breath: go on behind what was read.
      iterator = undefined;
      await wait(pollMilliseconds * 10);
      continue;
    }
    await batch.add(read.records);
    const last = read.records.at(-1)?.dynamodb.SequenceNumber;
    if (last !== undefined) position = { kind: "after", sequenceNumber: last };
    iterator = read.next;
    if (iterator === undefined) {
      await batch.flush();
      return;
    }
    if (read.records.length === 0) {
      await batch.flushWhenDue();
      await wait(pollMilliseconds);
    }
  }
}

function createBatch({
  passes,
  deliver,
  batchSize,
  windowMilliseconds,
  saveCheckpoint,
  now,
}: ShardReaderPorts) {
  let waiting: StreamRecord[] = [];
  let since = 0;
  let lastRead: string | undefined;
  const flush = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      await deliver(batch);
      waiting = waiting.slice(batchSize);
      const done = batch.at(-1)?.dynamodb.SequenceNumber;
      if (done !== undefined) saveCheckpoint(done);
    }
    if (lastRead !== undefined) saveCheckpoint(lastRead);
    lastRead = undefined;
  };
  const flushWhenDue = async () => {
    const isDue = waiting.length >= batchSize || now() - since >= windowMilliseconds;
    if (lastRead !== undefined && isDue) await flush();
  };
  return {
    flush,
    flushWhenDue,
    add: async (records: readonly StreamRecord[]) => {
      if (records.length === 0) return;
      if (waiting.length === 0) since = now();
      waiting.push(...records.filter(passes));
      lastRead = records.at(-1)?.dynamodb.SequenceNumber;
      await flushWhenDue();
    },
  };
}

async function untilItWorks<T>(
  attempt: () => Promise<T>,
  wait: (milliseconds: number) => Promise<void>,
): Promise<T> {
  for (;;) {
    const result = await attempt().then(
      (value) => ({ value }),
      () => undefined,
    );
    if (result !== undefined) return result.value;
    await wait(250);
  }
}

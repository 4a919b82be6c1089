import { retryUntilSuccess } from "../../processes/retry-until-success.ts";
import { splitIntoEvents } from "../event-size.ts";
import type { Filter } from "../filter-pattern.ts";
import type { DeliverBatch } from "./batch-delivery.ts";
import type { ShardPosition, StreamRecord, StreamSource } from "./stream-source.ts";

/** What the reader of one shard depends on. */
export type ShardReaderPorts = {
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
};

/** Reads on from the last position; undefined when that fails. It keeps its iterator, because engines get slow at finding a position. */
const createCursor = (shardId: string, from: ShardPosition, { source, wait }: ShardReaderPorts) => {
  let position = from;
  let iterator: string | undefined;
  return async () => {
    iterator ??= await retryUntilSuccess(() => source.openShard(shardId, position), wait);
    // The iterator has expired or the engine is overloaded: continue after the last record.
    const read = await source.read(iterator).catch(() => undefined);
    iterator = read?.next;
    const last = read?.records.at(-1)?.dynamodb.SequenceNumber;
    if (last !== undefined) position = { kind: "after", sequenceNumber: last };
    return read;
  };
};

const deliverInBatches = async (
  records: readonly StreamRecord[],
  { batchSize, deliver, saveCheckpoint }: ShardReaderPorts,
): Promise<void> => {
  for (const batch of splitIntoEvents(records, batchSize)) {
    await deliver(batch);
    const done = batch.at(-1)?.dynamodb.SequenceNumber;
    if (done !== undefined) saveCheckpoint(done);
  }
};

const createBatch = (ports: ShardReaderPorts) => {
  const { passes, batchSize, windowMilliseconds, saveCheckpoint, now } = ports;
  let waiting: StreamRecord[] = [];
  let since = 0;
  let lastRead: string | undefined;
  const flush = async () => {
    await deliverInBatches(waiting, ports);
    waiting = [];
    if (lastRead !== undefined) saveCheckpoint(lastRead);
    lastRead = undefined;
  };
  const flushWhenDue = async () => {
    const isDue = waiting.length >= batchSize || now() - since >= windowMilliseconds;
    if (lastRead !== undefined && isDue) await flush();
  };
  const add = async (records: readonly StreamRecord[]) => {
    if (records.length === 0) return;
    if (waiting.length === 0) since = now();
    waiting.push(...records.filter(passes));
    lastRead = records.at(-1)?.dynamodb.SequenceNumber;
    await flushWhenDue();
  };
  return { flush, flushWhenDue, add };
};

/**
 * Reads a shard to its end, in order, and delivers the records that pass the filter in batches. Resolves at the end of a
 * closed shard, rejects when the stack stops.
 */
export const readShard = async (
  shardId: string,
  from: ShardPosition,
  ports: ShardReaderPorts,
): Promise<void> => {
  const { wait, pollMilliseconds } = ports;
  const readMore = createCursor(shardId, from, ports);
  const batch = createBatch(ports);
  for (;;) {
    const read = await readMore();
    if (read === undefined) {
      await wait(pollMilliseconds * 10);
      continue;
    }
    await batch.add(read.records);
    if (read.next === undefined) return await batch.flush();
    if (read.records.length === 0) {
      await batch.flushWhenDue();
      await wait(pollMilliseconds);
    }
  }
};

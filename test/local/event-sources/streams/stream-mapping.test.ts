import { describe, expect, it } from "vitest";
import { memoryCheckpoints } from "../../../../local/event-sources/streams/checkpoints.ts";
import type { ShardReaderPorts } from "../../../../local/event-sources/streams/shard-reader.ts";
import { runStreamMapping } from "../../../../local/event-sources/streams/stream-mapping.ts";
import type {
  ShardPosition,
  StreamSource,
} from "../../../../local/event-sources/streams/stream-source.ts";
import { sequenceNumbers, streamRecords } from "../../../support/stream-records.ts";

type FakeShard = {
  readonly id: string;
  readonly parentId?: string;
  readonly records: readonly string[];
  readonly isClosed: boolean;
};

const startOf = (shards: readonly FakeShard[], shardId: string, from: ShardPosition): number => {
  const records = shards.find(({ id }) => id === shardId)?.records ?? [];
  if (from.kind === "after") return records.indexOf(from.sequenceNumber) + 1;
  return from.kind === "newest" ? records.length : 0;
};

/** A stream in memory that hands out two records a read; `breakOnce` makes the first read at that position fail. */
const fakeStream = (shards: readonly FakeShard[], breakOnce?: string) => {
  const opened: string[] = [];
  let toBreak = breakOnce;
  const source: StreamSource = {
    arn: "arn:stream",
    listShards: () => Promise.resolve(shards.map(({ id, parentId }) => ({ id, parentId }))),
    openShard: (shardId, from) => {
      opened.push(`${shardId} ${from.kind}`);
      return Promise.resolve(`${shardId} ${startOf(shards, shardId, from)}`);
    },
    read: (iterator) => {
      if (iterator === toBreak) {
        toBreak = undefined;
        return Promise.reject(new Error("ExpiredIteratorException"));
      }
      const [id = "", position = "0"] = iterator.split(" ");
      const shard = shards.find((candidate) => candidate.id === id);
      const end = Math.min(Number(position) + 2, shard?.records.length ?? 0);
      const isOver = shard?.isClosed === true && end === shard.records.length;
      return Promise.resolve({
        records: streamRecords(shard?.records.slice(Number(position), end) ?? []),
        next: isOver ? undefined : `${id} ${end}`,
      });
    },
  };
  return { source, opened };
};

/** Starts the mapping, whose waits end at once for a number of times; `looks`: what waits until it looks for shards again. */
const start = (
  { source }: ReturnType<typeof fakeStream>,
  settings: Partial<ShardReaderPorts> & { readonly startsAt?: "LATEST" } = {},
  checkpoints = memoryCheckpoints(),
  looks?: () => Promise<void>,
) => {
  const delivered: string[] = [];
  let waits = 0;
  const wait = async () => {
    waits += 1;
    await new Promise(setImmediate);
    if (waits > 60) throw new Error("stopped");
  };
  const running = runStreamMapping({
    checkpointId: "mapping",
    startsAt: settings.startsAt ?? "TRIM_HORIZON",
    checkpoints,
    discoverMilliseconds: 0,
    listShards: source.listShards,
    wait: looks ?? wait,
    onFailure: () => undefined,
    shared: {
      source,
      wait,
      passes: () => true,
      batchSize: 3,
      windowMilliseconds: 0,
      pollMilliseconds: 0,
      now: () => waits,
      ...settings,
    },
    deliveryOf: () => (records) => {
      delivered.push(sequenceNumbers(records).join(""));
      return Promise.resolve();
    },
  });
  return { running, delivered };
};

/** Runs the mapping for a number of waits, then stops it. */
const run = async (...settings: Parameters<typeof start>) => {
  const { running, delivered } = start(...settings);
  await expect(running).rejects.toThrow("stopped");
  return delivered;
};

const parentAndChild: readonly FakeShard[] = [
  { id: "child", parentId: "parent", records: ["4", "5"], isClosed: false },
  { id: "parent", parentId: "trimmed", records: ["1", "2", "3"], isClosed: true },
];

const isFirst = (record: unknown) => JSON.stringify(record).includes('"eventID":"1"');

describe("reading a stream", () => {
  it("reads a child only after its parent, each record once and in order", async () => {
    const stream = fakeStream(parentAndChild);
    expect((await run(stream)).join("")).toBe("12345");
    expect(stream.opened).toEqual(["parent oldest", "child oldest"]);
  });

  it("looks for the children of a shard as soon as that has ended", async () => {
    const never = new Promise<void>(() => undefined);
    const looks = () => never;
    const { delivered } = start(fakeStream(parentAndChild), {}, memoryCheckpoints(), looks);
    await expect.poll(() => delivered.join("")).toBe("12345");
  });

  it("fills batches within the window and delivers the rest when the window is over", async () => {
    const shard = { id: "s", records: ["1", "2", "3", "4", "5"], isClosed: false };
    expect(await run(fakeStream([shard]), { windowMilliseconds: 10 })).toEqual(["123", "4", "5"]);
  });

  it("delivers no more than 6 MB at once, and keeps its place between", async () => {
    const { source } = fakeStream([{ id: "s", records: ["1", "2", "3"], isClosed: false }]);
    const text = "x".repeat(3_000_000);
    const large: StreamSource = {
      ...source,
      read: async (iterator) => {
        const { records, next } = await source.read(iterator);
        return { records: records.map((record) => ({ ...record, text })), next };
      },
    };
    const stream = { source: large, opened: [] };
    expect(await run(stream, { windowMilliseconds: 10 })).toEqual(["12", "3"]);
  });

  it("continues after what it has read when its iterator is lost", async () => {
    const shard = { id: "s", records: ["1", "2", "3"], isClosed: false };
    const stream = fakeStream([shard], "s 2");
    expect((await run(stream)).join("")).toBe("123");
    expect(stream.opened).toEqual(["s oldest", "s after"]);
  });

  it("continues at the checkpoint of an earlier run, filtered records included", async () => {
    const shard = { id: "s", records: ["1", "2", "3", "4"], isClosed: false };
    const checkpoints = memoryCheckpoints();
    const first = fakeStream([{ ...shard, records: ["1", "2"] }]);
    await run(first, { passes: isFirst }, checkpoints);
    expect(checkpoints.read("mapping", "s")).toBe("2");
    expect((await run(fakeStream([shard]), {}, checkpoints)).join("")).toBe("34");
  });

  it("starts at the end of the existing shards when the mapping says LATEST", async () => {
    const stream = fakeStream([{ id: "s", records: ["1"], isClosed: false }]);
    expect(await run(stream, { startsAt: "LATEST" })).toEqual([]);
    expect(stream.opened).toEqual(["s newest"]);
  });
});

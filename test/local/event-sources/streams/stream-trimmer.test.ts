import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type Checkpoints,
  fileCheckpoints,
  memoryCheckpoints,
} from "../../../../local/event-sources/streams/checkpoints.ts";
import { startStreamTrimmer } from "../../../../local/event-sources/streams/stream-trimmer.ts";
import { createFakeClock } from "../../../support/fake-clock.ts";

const arnOf = (table: string) =>
  `arn:aws:dynamodb:dynoxide:000000000000:table/${table}/stream/1796083836.869060039`;

/** Starts to trim, without readers yet; `answers` are what the first steps answer, true are all later ones. */
const start = (checkpoints: Checkpoints, seconds: number, answers: readonly boolean[] = []) => {
  const clock = createFakeClock(0, seconds * 1000);
  const steps: string[] = [];
  const { promise: stopped, resolve: onFailure } = Promise.withResolvers<unknown>();
  const trim = (tableName: string, through: number): boolean => {
    steps.push(`${tableName} ${through}`);
    return answers[steps.length - 1] ?? true;
  };
  const { watch } = startStreamTrimmer(trim, { checkpoints, clock, onFailure });
  const read = (table: string, ...checkpointIds: readonly string[]): void => {
    for (const checkpointId of checkpointIds) watch({ streamArn: arnOf(table), checkpointId });
  };
  return { clock, steps, stopped, read };
};

/** Checkpoints in memory, of a shard each unless they say "reader shard". */
const checkpointsOf = (positions: Readonly<Record<string, string>>): Checkpoints => {
  const checkpoints = memoryCheckpoints();
  for (const [key, sequenceNumber] of Object.entries(positions)) {
    const [reader = "", shard = "shard"] = key.split(" ");
    checkpoints.write(reader, shard, sequenceNumber);
  }
  return checkpoints;
};

describe("trimming of a stream", () => {
  it.each([
    ["its only reader", { a: "7" }, 7],
    ["its slowest reader", { a: "7", b: "5" }, 5],
    ["its slowest reader, the first", { a: "5", b: "7" }, 5],
    ["its slowest reader, as numbers go", { a: "9", b: "10" }, 9],
    ["the shard that is furthest behind", { "a one": "12", "a two": "4", b: "8" }, 4],
  ])("goes up to the checkpoint of %s", async (_what, positions, through) => {
    const { steps, stopped, read } = start(checkpointsOf({ ...positions, stranger: "1" }), 5);
    const readers = new Set(Object.keys(positions).map((key) => key.split(" ")[0] ?? ""));
    read("status", ...readers);
    await stopped;
    expect(steps).toEqual([`status ${through}`]);
  });

  it("begins when the last reader has taken something", async () => {
    const checkpoints = checkpointsOf({ a: "7" });
    const { clock, steps, stopped, read } = start(checkpoints, 15);
    read("status", "a", "b");
    await clock.wait(12_000);
    expect(steps).toEqual([]);
    checkpoints.write("b", "shard", "3");
    await stopped;
    expect(steps).toEqual(["status 3"]);
  });

  it("waits for a reader that comes later", async () => {
    const { clock, steps, stopped, read } = start(checkpointsOf({ a: "7" }), 15);
    read("status", "a");
    await clock.wait(7000);
    expect(steps).toEqual(["status 7"]);
    read("status", "b");
    await stopped;
    expect(steps).toEqual(["status 7"]);
  });

  it("follows its readers every 5 seconds", async () => {
    const checkpoints = checkpointsOf({ a: "7" });
    const { clock, steps, stopped, read } = start(checkpoints, 10);
    read("status", "a");
    await clock.wait(6000);
    checkpoints.write("a", "shard", "20");
    await stopped;
    expect(steps).toEqual(["status 7", "status 20"]);
    expect(clock.waits).toEqual([5000, 6000, 5000, 5000]);
  });

  it("goes on step by step, with a wait between, until there is no more", async () => {
    const { clock, steps, stopped, read } = start(checkpointsOf({ a: "7" }), 5.5, [false, false]);
    read("status", "a");
    await stopped;
    expect(steps).toEqual(["status 7", "status 7", "status 7"]);
    expect(clock.waits).toEqual([5000, 20, 20, 5000]);
  });

  it("ends with the stack, also between steps", async () => {
    const never = Array.from({ length: 100 }, () => false);
    const { steps, stopped, read } = start(checkpointsOf({ a: "7" }), 5.1, never);
    read("status", "a");
    expect(await stopped).toEqual(new Error("stopped"));
    expect(steps).toHaveLength(6);
  });

  it("looks at each stream on its own", async () => {
    const checkpoints = checkpointsOf({ a: "7", b: "3", d: "50" });
    const { steps, stopped, read } = start(checkpoints, 5);
    read("unread", "c", "d");
    read("status", "a");
    read("alerts", "b");
    read("status", "d");
    await stopped;
    expect(steps).toEqual(["status 7", "alerts 3"]);
  });

  it.each(["status", "Stack-Table_1.copy"])(
    "names the table %s, whose stream it is",
    async (table) => {
      const { steps, stopped, read } = start(checkpointsOf({ a: "7" }), 5);
      read(table, "a");
      await stopped;
      expect(steps).toEqual([`${table} 7`]);
    },
  );

  it("goes on after a restart from kept checkpoints, before any record is delivered", async () => {
    const directory = mkdtempSync(join(tmpdir(), "stream-trimmer-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const file = join(directory, "stream-checkpoints.json");
    const before = fileCheckpoints(file);
    before.write("a", "shard", "12");
    before.write("b", "shard", "8");
    const { steps, stopped, read } = start(fileCheckpoints(file), 5);
    read("status", "a", "b");
    await stopped;
    expect(steps).toEqual(["status 8"]);
  });
});

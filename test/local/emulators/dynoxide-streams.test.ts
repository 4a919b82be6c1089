import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as breathe } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { StartFailure } from "../../../local/command/start-failure.ts";
import { startDynamoDb } from "../../../local/emulators/dynamodb.ts";
import type { TrimStream } from "../../../local/emulators/dynamodb-engine.ts";
import { findDynoxide } from "../../../local/emulators/dynoxide.ts";
import { openDynoxideStreams } from "../../../local/emulators/dynoxide-streams.ts";
import { createShutdown } from "../../../local/processes/shutdown.ts";
import {
  createStreamClients,
  createStreamedTable,
  type StreamedTable,
} from "../../support/streamed-table.ts";

const engine = findDynoxide();

const numbersFrom = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** What the steps answer until there is nothing more to trim. */
const trimToTheEnd = (
  trim: TrimStream,
  { name }: StreamedTable,
  through: number,
): readonly boolean[] => {
  const answers = [trim(name, through)];
  while (answers.at(-1) === false) answers.push(trim(name, through));
  return answers;
};

describe.skipIf(engine.kind === "missing")("a stream of dynoxide", () => {
  const shutdown = createShutdown();
  let file: string;
  let clients: ReturnType<typeof createStreamClients>;
  let trimByDefault: TrimStream | undefined;
  beforeAll(async () => {
    if (engine.kind === "missing") return;
    const directory = mkdtempSync(join(tmpdir(), "dynoxide-streams-"));
    shutdown.add(() => rmSync(directory, { recursive: true, force: true }));
    const context = { stateDirectory: directory, shutdown, onDeath: () => undefined };
    const { url, trimStream } = await startDynamoDb(engine, directory, context);
    file = join(directory, "dynoxide.db");
    clients = createStreamClients(url);
    trimByDefault = trimStream;
  });
  afterAll(shutdown.run);

  const openTrim = (kept: number): TrimStream => {
    const opened = createShutdown();
    onTestFinished(opened.run);
    return openDynoxideStreams(file, opened, kept);
  };
  /** The tables as a second program has them open. */
  const openTables = (): DatabaseSync => {
    const database = new DatabaseSync(file);
    onTestFinished(() => database.close());
    return database;
  };
  const tableWith = async (count: number): Promise<StreamedTable> => {
    const table = await createStreamedTable(clients);
    await table.put(count);
    return table;
  };

  describe("that is trimmed to the end", () => {
    it("has what is newer than the position, and the newest, and no other stream loses any", async () => {
      const aStream = fc.record({ written: fc.nat(25), through: fc.nat(30) });
      const aKept = fc.integer({ min: 1, max: 8 });
      const leftOf = ({ written, through }: { written: number; through: number }, kept: number) =>
        numbersFrom(Math.max(0, Math.min(through, written - kept)) + 1, written);
      await fc.assert(
        fc.asyncProperty(aStream, aStream, aKept, async (one, two, kept) => {
          const trim = openTrim(kept);
          const [first, second] = await Promise.all([one, two].map((s) => tableWith(s.written)));
          if (first === undefined || second === undefined) return;
          trimToTheEnd(trim, first, one.through);
          expect(await first.numbers()).toEqual(leftOf(one, kept));
          expect(await second.numbers()).toEqual(numbersFrom(1, two.written));
          trimToTheEnd(trim, second, two.through);
          expect(await first.numbers()).toEqual(leftOf(one, kept));
          expect(await second.numbers()).toEqual(leftOf(two, kept));
        }),
        { numRuns: 20 },
      );
    });

    it("counts on", async () => {
      const table = await tableWith(10);
      trimToTheEnd(openTrim(1), table, 10);
      await table.put(2);
      expect(await table.numbers()).toEqual([10, 11, 12]);
    });

    it.each([
      [3, [8, 9, 10]],
      [7, [8, 9, 10]],
      [8, [9, 10]],
      [10, []],
    ])("is read on after %d with what is left", async (after, left) => {
      const table = await tableWith(10);
      trimToTheEnd(openTrim(1), table, 7);
      expect(await table.numbers(after)).toEqual(left);
    });

    it("is read on by an iterator from before", async () => {
      const table = await tableWith(10);
      const { next } = await table.readPage(await table.iterator());
      const oldest = await table.iterator();
      await table.put(3);
      trimToTheEnd(openTrim(1), table, 11);
      expect((await table.readPage(oldest)).numbers).toEqual([12, 13]);
      expect((await table.readPage(next)).numbers).toEqual([12, 13]);
    });
  });

  it("loses at most 500 records a step", async () => {
    const table = await tableWith(1110);
    const trim = openTrim(10);
    expect(trim(table.name, 1105)).toBe(false);
    expect(await table.numbers()).toEqual(numbersFrom(501, 1110));
    expect(trimToTheEnd(trim, table, 1105)).toEqual([false, false, true]);
    expect(await table.numbers()).toEqual(numbersFrom(1101, 1110));
  });

  it("keeps far more than these by default", async () => {
    const table = await tableWith(600);
    expect(trimByDefault?.(table.name, 600)).toBe(true);
    expect(await table.numbers()).toHaveLength(600);
  });

  it("fails no write and shows its reader every record when it is trimmed up to the reader", async () => {
    const table = await tableWith(1);
    const trim = openTrim(10);
    const total = 1 + 8 * 60;
    const write = async () => {
      for (let count = 0; count < 60; count += 1) await table.putOne();
    };
    const taken: number[] = [];
    const readAndTrim = async () => {
      let iterator = await table.iterator();
      while (taken.length < total) {
        const { numbers, next } = await table.readPage(iterator);
        taken.push(...numbers);
        iterator = next;
        trim(table.name, taken.at(-1) ?? 0);
        await breathe();
      }
    };
    await Promise.all([readAndTrim(), ...Array.from({ length: 8 }, write)]);
    expect(taken).toEqual(numbersFrom(1, total));
    trimToTheEnd(trim, table, total);
    expect(await table.numbers()).toEqual(numbersFrom(total - 9, total));
  });

  it("fails no write and loses nothing above the position while 8 writers put items", async () => {
    const table = await tableWith(1200);
    const trim = openTrim(10);
    const written = new AbortController();
    const write = async () => {
      for (let count = 0; count < 60; count += 1) await table.putOne();
    };
    const trimAlways = async () => {
      while (!written.signal.aborted) {
        trim(table.name, 1000);
        await breathe();
      }
    };
    const trimming = trimAlways();
    await Promise.all(Array.from({ length: 8 }, write));
    written.abort();
    await trimming;
    expect(await table.numbers()).toEqual(numbersFrom(1001, 1200 + 8 * 60));
  });

  it("stays as it is, without a wait, while another program writes", async () => {
    const table = await tableWith(10);
    const trim = openTrim(1);
    const other = openTables();
    other.exec("BEGIN IMMEDIATE");
    const before = performance.now();
    expect(trim(table.name, 9)).toBe(false);
    expect(performance.now() - before).toBeLessThan(1000);
    other.exec("ROLLBACK");
    expect(await table.numbers()).toHaveLength(10);
    expect(trimToTheEnd(trim, table, 9)).toEqual([false, true]);
    expect(await table.numbers()).toEqual([10]);
  });

  it("are refused, with what to do, where they can have no index", () => {
    const other = join(dirname(file), "tables.db");
    writeFileSync(other, "this is no database");
    expect(() => openDynoxideStreams(other, shutdown)).toThrow(StartFailure);
    expect(() => openDynoxideStreams(other, shutdown)).toThrow(
      /tables\.db cannot get the index .*not a database.* use another directory/,
    );
  });

  describe("has an index", () => {
    it("of its records' order", () => {
      const indexes = openTables().prepare("PRAGMA index_list(_stream_records)").all();
      expect(indexes).toMatchObject([{ name: "stream_order" }]);
    });

    // What dynoxide itself runs.
    it.each([
      [
        "a write",
        `SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records
          WHERE table_name = 'x'`,
        "SEARCH _stream_records USING COVERING INDEX stream_order (table_name=?)",
      ],
      [
        "a read",
        `SELECT * FROM _stream_records
          WHERE table_name = 'x' AND shard_id = 'y' AND CAST(sequence_number AS INTEGER) > 5
          ORDER BY CAST(sequence_number AS INTEGER) LIMIT 10`,
        "SEARCH _stream_records USING INDEX stream_order (table_name=? AND <expr>>?)",
      ],
    ])("that %s uses, and nothing else", (_what, statement, plan) => {
      const steps = openTables().prepare(`EXPLAIN QUERY PLAN ${statement}`).all();
      expect(steps).toMatchObject([{ detail: plan }]);
    });
  });
});

import { describe, expect, it } from "vitest";
import {
  descendantsOf,
  processTable,
  readProcessTable,
} from "../../../proof/stack/process-table.ts";

describe("the table of processes", () => {
  const table = readProcessTable(`
      1     0   900
     10     1  2048
     11    10    10
     12    11  4096
     20     1   512
`);

  it("is read line by line, in bytes", () => {
    expect(table).toHaveLength(5);
    expect(table[1]).toEqual({ pid: 10, parent: 1, bytes: 2 * 1024 ** 2 });
  });

  it("knows what a process started, and what that started", () => {
    expect(descendantsOf(table, 10).map(({ pid }) => pid)).toEqual([11, 12]);
    expect(descendantsOf(table, 12)).toEqual([]);
  });

  it("of this machine has this process", async () => {
    const own = (await processTable()).find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ parent: process.ppid });
    expect(own?.bytes).toBeGreaterThan(1024 ** 2);
  });
});

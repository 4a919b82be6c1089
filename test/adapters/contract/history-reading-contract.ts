import { describe, expect, it } from "vitest";
import { historyKey } from "../../../lambda/domain/status/history-row.ts";
import type { HistoryRange } from "../../../lambda/ports/history.ts";
import { everything, historyRow } from "./history-contract.ts";
import type { CreateStore } from "./store-contract.ts";

const rows = Array.from({ length: 12 }, (_, index) =>
  historyRow(index, {
    server: index % 2 === 0 ? "SIPTS750" : "SIPTS751",
    application: index % 3 === 0 ? "bridge-a" : "bridge-b",
  }),
);

const createFilled = async (createStore: CreateStore, filling = rows) => {
  const { writeHistory, readHistory } = await createStore();
  await writeHistory(filling);
  return async (changes: Partial<HistoryRange>) =>
    (await readHistory({ ...everything, ...changes })).map(({ id }) => id);
};
const ids = (...indexes: number[]) => indexes.map((index) => `row-${index}`);
const keyOf = (index: number) => historyKey(historyRow(index));

/** The port that reads the history. */
export const describeHistoryReading = (createStore: CreateStore): void => {
  describe("reading the history", () => {
    it("gives the newest first, up to the limit", async () => {
      const read = await createFilled(createStore);
      expect(await read({})).toEqual(ids(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      expect(await read({ limit: 3 })).toEqual(ids(11, 10, 9));
    });

    it("includes both ends of a range", async () => {
      const read = await createFilled(createStore);
      expect(await read({ from: keyOf(4), to: keyOf(6) })).toEqual(ids(6, 5, 4));
      expect(await read({ from: keyOf(4), to: keyOf(4) })).toEqual(ids(4));
      expect(await read({ from: keyOf(10), limit: 1 })).toEqual(ids(11));
    });

    it("filters by server and application, and counts the limit after that", async () => {
      const read = await createFilled(createStore);
      expect(await read({ server: "SIPTS751" })).toEqual(ids(11, 9, 7, 5, 3, 1));
      expect(await read({ application: "bridge-a" })).toEqual(ids(9, 6, 3, 0));
      expect(await read({ application: "bridge-a", limit: 3 })).toEqual(ids(9, 6, 3));
      expect(await read({ application: "bridge-b", limit: 3 })).toEqual(ids(11, 10, 8));
      const both = { server: "SIPTS750", application: "bridge-a" };
      expect(await read(both)).toEqual(ids(6, 0));
      expect(await read({ server: "SIPTS752" })).toEqual([]);
    });

    it("walks through what it reads, beyond the limit, too", async () => {
      const { writeHistory, walkHistory } = await createStore();
      await writeHistory(rows);
      const walk = async (changes: Partial<HistoryRange>) => {
        const seen: string[] = [];
        for await (const { id } of walkHistory({ ...everything, ...changes })) seen.push(id);
        return seen;
      };
      expect(await walk({})).toEqual(ids(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      expect(await walk({ limit: 5 })).toEqual(ids(11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      expect(await walk({ to: keyOf(9), application: "bridge-a" })).toEqual(ids(9, 6, 3, 0));
      expect(await walk({ thisDN: "700" })).toEqual([]);
    });

    it("finds no row of another DN", async () => {
      const read = await createFilled(createStore);
      expect(await read({ thisDN: "700" })).toEqual([]);
      expect(await read({ thisDN: "70011" })).toEqual([]);
    });

    it("orders rows of one moment by their id", async () => {
      const twins = ["-", "A", "_", "a"].map((id) => historyRow(0, { id }));
      const read = await createFilled(createStore, twins);
      expect(await read({})).toEqual(["a", "_", "A", "-"]);
    });

    it("reads more than one answer of the store holds", async () => {
      const filler = { filler: "x".repeat(100_000) };
      const many = Array.from({ length: 24 }, (_, index) =>
        historyRow(index, { extensions: filler }),
      );
      const read = await createFilled(createStore, many);
      expect(await read({})).toHaveLength(24);
      expect(await read({ limit: 20 })).toHaveLength(20);
    });
  });
};

import { describe, expect, it } from "vitest";
import { firstKey, type HistoryRow, lastKey } from "../../../lambda/domain/status/history-row.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import type { CreateStore } from "./store-contract.ts";

/** A row of bridge-a for DN 7001, `index` seconds after `baseTime`. */
export const historyRow = (index: number, changes: Partial<HistoryRow> = {}): HistoryRow => ({
  ...registered({ time: baseTime + index * 1_000_000 }),
  receivedAt: testNow,
  outcome: "applied",
  keyId: "key_1",
  id: `row-${index}`,
  ...changes,
});

/** Everything of DN 7001. */
export const everything = {
  thisDN: "7001",
  from: firstKey,
  to: lastKey,
  server: undefined,
  application: undefined,
  limit: Number.POSITIVE_INFINITY,
};

const oversized = historyRow(9, { extensions: { filler: "x".repeat(410_000) } });

const nest = (depth: number): object => (depth === 0 ? {} : { deeper: nest(depth - 1) });

/** The ports that write the history. */
export const describeHistory = (createStore: CreateStore): void => {
  describe("the history", () => {
    it("adds a row once, and leaves the first as it is", async () => {
      const { addToHistory, readHistory } = await createStore();
      expect(await addToHistory(historyRow(0))).toBe("added");
      expect(await addToHistory(historyRow(0, { keyId: "key_2" }))).toBe("present");
      expect(await readHistory(everything)).toEqual([historyRow(0)]);
    });

    it("lets one of several writers add the same row", async () => {
      const { addToHistory } = await createStore();
      const results = await Promise.all(
        Array.from({ length: 10 }, () => addToHistory(historyRow(0))),
      );
      expect(results.filter((result) => result === "added")).toHaveLength(1);
    });

    it("writes rows whether they are there or not", async () => {
      const { addToHistory, writeHistory, readHistory } = await createStore();
      await addToHistory(historyRow(0, { outcome: "outdated" }));
      expect(await writeHistory([historyRow(0), historyRow(1)])).toEqual(new Set());
      expect(await readHistory(everything)).toEqual([historyRow(1), historyRow(0)]);
    });

    it("writes nothing when there is nothing to write", async () => {
      const { writeHistory, readHistory } = await createStore();
      expect(await writeHistory([])).toEqual(new Set());
      expect(await readHistory(everything)).toEqual([]);
    });

    it("writes more rows than one call accepts", async () => {
      const { writeHistory, readHistory } = await createStore();
      const rows = Array.from({ length: 60 }, (_, index) => historyRow(index));
      expect(await writeHistory(rows)).toEqual(new Set());
      expect(await readHistory(everything)).toEqual(rows.toReversed());
    });

    it("keeps everything of an event as it came", async () => {
      const { writeHistory, readHistory } = await createStore();
      const row: HistoryRow = {
        ...historyRow(0),
        ...unregistered({ id: "row-0" }),
        sequenceNumber: 1,
        referenceID: 4_294_967_295,
        customerID: "Zürich 𝄞",
        errorCode: Number.MIN_SAFE_INTEGER,
        errorMessage: "line\nbreak\u0000",
        extensions: { "": "", list: [1e300, -0.5, null, true], big: 2 ** 70 },
        other: { AttributeRegistrationCode: 1, nested: nest(60) },
      };
      await writeHistory([row]);
      expect(await readHistory(everything)).toEqual([row]);
    });

    it("distinguishes empty Extensions from none", async () => {
      const { writeHistory, readHistory } = await createStore();
      await writeHistory([
        historyRow(0, { extensions: {} }),
        historyRow(1, { extensions: undefined }),
      ]);
      const read = await readHistory(everything);
      expect(read.map(({ extensions }) => extensions)).toEqual([undefined, {}]);
    });

    it("names the row that is too long for good, and writes the rows beside it", async () => {
      const { writeHistory, readHistory } = await createStore();
      const rows = Array.from({ length: 30 }, (_, index) => historyRow(index));
      const refused = await writeHistory(rows.with(9, oversized));
      expect(refused).toEqual(new Set(["row-9"]));
      expect(await readHistory(everything)).toEqual(rows.toSpliced(9, 1).toReversed());
    });

    it("refuses to add a row that is too long", async () => {
      const { addToHistory, readHistory } = await createStore();
      expect(await addToHistory(oversized)).toBe("refused");
      expect(await readHistory(everything)).toEqual([]);
    });
  });
};

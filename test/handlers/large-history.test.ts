import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyKey } from "../../lambda/domain/status/history-row.ts";
import { historyRow } from "../adapters/contract/history-contract.ts";
import { createQueryHarness } from "../support/query-harness.ts";
import { askWithinLimits, walkPages } from "../support/walk-pages.ts";

const route = "GET /v1/history";

/** Query's handler over a history of DN 7001 with one entry for each text, the oldest first. */
const createHarness = async (texts: readonly string[]) => {
  const harness = createQueryHarness();
  const rows = texts.map((text, index) => historyRow(index, { extensions: { text } }));
  await harness.store.writeHistory(rows);
  return { ...harness, newestFirst: rows.toReversed().map(({ id }) => ({ id })) };
};

describe("GET /v1/history with large entries", () => {
  it.each([
    ["plain text", "x".repeat(20_000)],
    ["quotes and backslashes", '"\\'.repeat(10_000)],
    ["text beyond ASCII", "ü".repeat(20_000)],
  ])(
    "gives 500 entries with %s by following cursors, each answer within the limits",
    async (...row) => {
      const [, text] = row;
      const { ask, newestFirst } = await createHarness(Array.from({ length: 500 }, () => text));
      const pages = await walkPages(askWithinLimits(ask), route, "thisDN=7001&limit=500");
      expect(pages.flat()).toMatchObject(newestFirst);
      expect(pages.length).toBeGreaterThan(2);
    },
  );

  it("gives each entry once, in order, whatever the sizes and the limit", async () => {
    const sizes = fc.array(fc.constantFrom(0, 100_000, 390_000), {
      minLength: 20,
      maxLength: 40,
      size: "max",
    });
    const property = fc.asyncProperty(sizes, fc.integer({ min: 1, max: 50 }), async (...drawn) => {
      const [lengths, limit] = drawn;
      const texts = lengths.map((length) => '"'.repeat(length / 2));
      const { ask, newestFirst } = await createHarness(texts);
      const pages = await walkPages(askWithinLimits(ask), route, `thisDN=7001&limit=${limit}`);
      expect(pages.flat()).toMatchObject(newestFirst);
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
      for (const page of pages.slice(0, -1)) expect(page).not.toHaveLength(0);
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it("reads no more rows than an answer holds, and one", async () => {
    const rows = Array.from({ length: 100 }, (_, index) =>
      historyRow(99 - index, { extensions: { text: "x".repeat(390_000) } }),
    );
    const read: string[] = [];
    const { ask } = createQueryHarness({
      walkHistory: async function* walkHistory() {
        for (const row of rows) {
          read.push(historyKey(row));
          yield row;
        }
      },
    });
    await ask(route, { query: "thisDN=7001&limit=500" });
    expect(read).toHaveLength(11);
  });
});

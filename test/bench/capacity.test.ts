import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { limits, monthlyCost, rates, toCostTable, toLimitTable } from "../../bench/capacity.ts";
import { costPerMillion, ourEvent, theirEvent } from "../../bench/cost.ts";

const page = readFileSync("docs/performance.md", "utf8");

describe("docs/performance.md", () => {
  it("shows the limits as they are worked out", () => {
    expect(page).toContain(toLimitTable());
  });

  it("shows the cost as it is worked out", () => {
    expect(page).toContain(toCostTable());
  });

  it("says of each limit where it is from and what to do", () => {
    for (const { what } of limits) expect(page.split(what).length).toBeGreaterThan(2);
  });
});

describe("the plan", () => {
  it.each(limits)("asks for more of $what the more comes", ({ load }) => {
    const loads = rates.map(load);
    expect(loads).toEqual(loads.toSorted((a, b) => a - b));
  });

  it("costs in proportion, but for what runs anyway", () => {
    const [small, , , large] = rates.map(monthlyCost);
    expect(large?.tables).toBeCloseTo((small?.tables ?? 0) * 1_000);
    expect(large?.functions).toBeLessThan((small?.functions ?? 0) * 1_000);
  });
});

describe("a million events", () => {
  it.each([
    ["one write, one event a request", { writes: 1, reads: 0 }, 1, 1.825],
    ["ours that change nothing", ourEvent.refresh, 100, 1.387],
    ["ours that change a status", ourEvent.change, 100, 3.887],
    ["of the common way", theirEvent, 100, 2.512],
  ])("of %s cost dollars", (_, units, perRequest, dollars) => {
    expect(costPerMillion(units, perRequest)).toBeCloseTo(dollars, 6);
  });
});

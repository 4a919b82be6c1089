import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rateLimits, toCostTable, toLimitTable } from "../../../proof/bench/capacity.ts";
import { costPerMillion, ourEvent, theirEvent } from "../../../proof/bench/cost.ts";
import { assumptions, rates } from "../../../proof/bench/plan.ts";
import { inOneLine } from "../../docs/markdown.ts";

const page = readFileSync("docs/performance.md", "utf8");

describe("docs/performance.md", () => {
  it("shows the limits as they are worked out", () => {
    expect(page).toContain(toLimitTable());
  });

  it("shows the cost as it is worked out", () => {
    expect(page).toContain(toCostTable());
  });

  it.each([1, 2])("says what a shard takes with streamParallelism %i", (batches) => {
    const { fullBatch, fullFanoutSeconds } = assumptions;
    const perSecond = Math.round((batches * fullBatch) / fullFanoutSeconds);
    expect(inOneLine(page)).toContain(`${perSecond.toLocaleString("en-US")} changes a second`);
  });

  it("says of each limit where it is from and what to do", () => {
    for (const { what } of rateLimits) expect(page.split(what).length).toBeGreaterThan(2);
  });
});

describe("the plan", () => {
  it.each(rateLimits)("asks for more of $what the more comes", ({ load }) => {
    const loads = rates.map(load);
    expect(loads).toEqual(loads.toSorted((a, b) => a - b));
  });

  it("meets our own throttle before API Gateway's quota", () => {
    const [ours, theirs] = rateLimits;
    expect(ours?.quota).toBe(500);
    expect(ours?.load(100_000)).toBe(theirs?.load(100_000));
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

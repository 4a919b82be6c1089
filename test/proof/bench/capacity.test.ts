import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rateLimits, toCostTable, toLimitTable } from "../../../proof/bench/capacity.ts";
import { costPerMillion, ourEvent, theirEvent } from "../../../proof/bench/cost.ts";
import { costPerMillionLosses, monthlyCost } from "../../../proof/bench/monthly-cost.ts";
import { assumptions, rates } from "../../../proof/bench/plan.ts";

const page = readFileSync("docs/performance.md", "utf8");
// Of a million events one a request and a hundred a request, of changes, of losses.
const sums = readFileSync("docs/cost.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| sum |"))
  .flatMap((line) => line.match(/\d+\.\d+/g) ?? [])
  .map(Number);

describe("docs/performance.md", () => {
  it("shows the limits as they are worked out", () => {
    expect(page).toContain(toLimitTable());
  });

  it("shows the cost as it is worked out", () => {
    expect(page).toContain(toCostTable());
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

  it("costs what docs/cost.md says a million events and their changes cost", () => {
    const [, hundredARequest = 0, changes = 0] = sums;
    const { storage, alerts, ...recording } = monthlyCost(1);
    const dollars = Object.values(recording).reduce((sum, part) => sum + part, 0);
    const ofPage = hundredARequest + assumptions.changedShare * changes;
    const ratio = (dollars * 1_000_000) / (30 * 86_400) / ofPage;
    // The reading of secrets and connections is left out here.
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1);
  });

  it("costs what docs/cost.md says a million losses cost", () => {
    expect(costPerMillionLosses).toBeCloseTo(sums[3] ?? 0, 3);
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

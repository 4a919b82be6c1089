import { describe, expect, it } from "vitest";
import { cpuShareOf, memoryGrowthOf, steadinessOf } from "../../../proof/bench/import-run.ts";

const run = {
  outcomes: new Map(),
  losses: 0,
  seconds: 1,
  parts: [9, 4, 6, 5],
  memory: [...Array(30).fill(9), ...Array(15).fill(2), ...Array(30).fill(7), ...Array(15).fill(3)],
  cpu: new Map([
    ["engine", 30],
    ["ingest", 50],
    ["MainThread", 20],
  ]),
};

describe("what is made of an import", () => {
  it("compares the end with the second part, as the first is for starting", () => {
    expect(steadinessOf(run)).toBe(0.8);
    expect(memoryGrowthOf(run)).toBe(1.5);
  });

  it("gives each its share of the CPU", () => {
    expect(cpuShareOf(run, "engine")).toBe(0.3);
    expect(cpuShareOf(run, "nothing")).toBe(0);
  });
});

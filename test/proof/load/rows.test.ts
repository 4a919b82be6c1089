import { describe, expect, it } from "vitest";
import { type LimitFindings, toRows } from "../../../proof/load/rows.ts";

const samples = Array.from({ length: 30 }, (_, index) => ({
  seconds: index * 10,
  ours: 200,
  messaging: 10 + index,
  database: 10 + index,
}));
const findings = (some: Partial<LimitFindings> = {}): LimitFindings => ({
  seconds: 300,
  tally: { count: (judgement) => ({ stored: 100, refused: 3, error: 0 })[judgement] },
  events: 10_000,
  samples,
  wrongStatuses: 0,
  wrongHistory: 0,
  survivors: 0,
  ...some,
});
const shortRows = (some: Partial<LimitFindings>) =>
  toRows(findings(some))
    .filter(({ pass }) => !pass)
    .map(({ name }) => name);

describe("the table of a run at the limit", () => {
  it("passes where all is well, refusals and growing emulators included", () => {
    expect(shortRows({})).toEqual([]);
  });

  it.each([
    ["limit-status", { wrongStatuses: 1 }],
    ["limit-history", { wrongHistory: 1 }],
    ["limit-processes", { survivors: 1 }],
    ["limit-stored", { tally: { count: () => 0 } }],
    ["limit-errors", { tally: { count: () => 1 } }],
    ["limit-memory", { samples: samples.map((one) => ({ ...one, ours: 100 + one.seconds })) }],
  ])("is short in %s", (name, some) => {
    expect(shortRows(some)).toEqual([name]);
  });

  it("has a name of its own for each row", () => {
    const names = toRows(findings()).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

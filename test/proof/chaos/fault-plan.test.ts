import { describe, expect, it } from "vitest";
import { createFaultPlan } from "../../../proof/chaos/fault-plan.ts";
import { createRandom } from "../../../samples/random.ts";

const draws = (seed: number, count: number, millisecondsBetween = 1) => {
  let now = 0;
  const draw = createFaultPlan(createRandom(seed), () => {
    now += millisecondsBetween;
    return now;
  });
  return Array.from({ length: count }, (_, index) => draw(index % 10 === 0).kind);
};

describe("a fault plan", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(draws(7, 500)).toEqual(draws(7, 500));
    expect(draws(7, 500)).not.toEqual(draws(8, 500));
  });

  it("has every kind of fault, and lets most calls through", () => {
    const kinds = Map.groupBy(draws(7, 20_000), (kind) => kind);
    expect([...kinds.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual([
      "answer-dropped",
      "error-500",
      "half",
      "killed",
      "latency",
      "none",
      "reset",
      "throttled",
    ]);
    expect(kinds.get("none")?.length).toBeGreaterThan(18_000);
  });

  it("has bursts that end even where calls are few", () => {
    const longest = (millisecondsBetween: number) => {
      const text = draws(7, 20_000, millisecondsBetween)
        .map((kind) => (kind === "none" ? " " : "x"))
        .join("");
      // Most of a dozen calls in a row.
      return [...text.matchAll(/(?:x+ {0,2}){6,}/g)].length;
    };
    expect(longest(1)).toBeGreaterThan(0);
    expect(longest(3000)).toBeLessThan(longest(1));
  });
});

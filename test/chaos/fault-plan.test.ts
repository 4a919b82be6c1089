import { describe, expect, it } from "vitest";
import { createFaultPlan } from "../../chaos/fault-plan.ts";
import { createRandom } from "../../samples/random.ts";

const draws = (seed: number, count: number) => {
  const draw = createFaultPlan(createRandom(seed));
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
});

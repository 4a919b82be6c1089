import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { median, summarize } from "../../../proof/results/measurement.ts";

const rounds = (...figures: number[]) => figures.map((figure) => ({ figure }));
const row = (goal: { atLeast?: number; atMost?: number }, ...figures: number[]) =>
  summarize({ name: "some-row", what: "something", goal }, rounds(...figures));

describe("the median", () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
    [[1, 1, 100], 1],
  ])("of %j is %d", (numbers, expected) => {
    expect(median(numbers)).toBe(expected);
  });

  it("is between the smallest and the largest, in whatever order they come", () => {
    const numbers = fc.array(fc.integer(), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (some) => {
        const middle = median(some);
        expect(median(some.toReversed())).toBe(middle);
        expect(middle).toBeGreaterThanOrEqual(Math.min(...some));
        expect(middle).toBeLessThanOrEqual(Math.max(...some));
      }),
    );
  });
});

describe("the sum of some rounds", () => {
  it("is their median, with the smallest and the largest", () => {
    expect(row({}, 1, 9, 2)).toMatchObject({ figure: 2, min: 1, max: 9 });
  });

  it.each([
    [{ atLeast: 0.9 }, 0.9, true],
    [{ atLeast: 0.9 }, 0.89, false],
    [{ atMost: 4 }, 4, true],
    [{ atMost: 4 }, 4.1, false],
    [{ atLeast: 0.9, atMost: 1.15 }, 1, true],
    [{ atLeast: 0.9, atMost: 1.15 }, 1.2, false],
    [{}, 1_000, true],
  ])("against the goal %j with %d passes: %s", (goal, figure, pass) => {
    expect(row(goal, figure).pass).toBe(pass);
  });

  it.each([
    ["steady", [100, 125, 110], false],
    ["unsteady", [100, 126, 110], true],
  ])("is %s by how far the reference varied", (_, references, unsteady) => {
    const some = references.map((reference) => ({ figure: 1, reference }));
    expect(summarize({ name: "a", what: "b", goal: {} }, some)).toMatchObject({ unsteady });
  });

  it("of figures without a reference is steady", () => {
    expect(row({}, 1, 100).unsteady).toBe(false);
  });
});

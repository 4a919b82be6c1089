import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelay } from "../../bridge/retry-delay.ts";

describe("retryDelay", () => {
  it("doubles from 1 s to 60 s", () => {
    const delays = (random: number) =>
      [1, 2, 3, 6, 7, 8, 1_000].map((attempt) => retryDelay(attempt, random) / 1000);
    expect(delays(0)).toEqual([1, 2, 4, 32, 40, 40, 40]);
    expect(delays(1)).toEqual([1.5, 3, 6, 48, 60, 60, 60]);
  });

  it("brings two requests at once back so seldom that there are six within 4 s", () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 3, maxLength: 3 }), (chances) => {
        const sum = chances.reduce((total, one, index) => total + retryDelay(index + 1, one), 0);
        expect(sum).toBeGreaterThan(4_000);
      }),
    );
  });
});

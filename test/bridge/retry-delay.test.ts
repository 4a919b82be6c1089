import { describe, expect, it } from "vitest";
import { retryDelay } from "../../bridge/retry-delay.ts";

describe("retryDelay", () => {
  it("doubles from 1 s to 60 s", () => {
    const delays = [1, 2, 3, 6, 7, 8, 1_000].map((attempt) => retryDelay(attempt, 1));
    expect(delays).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it("spreads a delay over its second half", () => {
    expect(retryDelay(3, 0)).toBe(2_000);
    expect(retryDelay(3, 0.5)).toBe(3_000);
  });
});

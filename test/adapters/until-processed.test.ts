import { describe, expect, it } from "vitest";
import { untilProcessed } from "../../lambda/adapters/until-processed.ts";

describe("untilProcessed", () => {
  it("sends what is left after pauses that double, each shortened at random to half at most", async () => {
    const pauses: number[] = [];
    const sent: number[][] = [];
    await untilProcessed(
      [1, 2, 3, 4],
      async (requests) => {
        sent.push(requests);
        return requests.slice(1);
      },
      async (milliseconds) => pauses.push(milliseconds),
    );
    expect(sent).toEqual([[1, 2, 3, 4], [2, 3, 4], [3, 4], [4]]);
    expect(pauses).toHaveLength(3);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(12.5 * 2 ** index);
      expect(pause).toBeLessThanOrEqual(25 * 2 ** index);
    }
  });
});

import { describe, expect, it, vi } from "vitest";
import { retryOnConflict } from "../../lambda/async/retry-on-conflict.ts";

/** An attempt that comes too late so often, then gives a result. */
const attemptAfter = <Result>(conflicts: number, result: Result) => {
  const attempt = vi.fn(async (): Promise<Result | "conflict"> => result);
  for (let index = 0; index < conflicts; index += 1) attempt.mockResolvedValueOnce("conflict");
  return attempt;
};

describe("retryOnConflict", () => {
  it.each([0, 1, 19])("gives the result of the attempt after %i conflicts", async (conflicts) => {
    const attempt = attemptAfter(conflicts, "written");
    expect(await retryOnConflict("an alert", attempt)).toBe("written");
    expect(attempt).toHaveBeenCalledTimes(conflicts + 1);
  });

  it("takes undefined for a result: there was nothing to write", async () => {
    const attempt = attemptAfter(1, undefined);
    expect(await retryOnConflict("an alert", attempt)).toBeUndefined();
    expect(attempt).toHaveBeenCalledTimes(2);
  });

  it("gives up after 20 conflicts in a row, and says what was to be written", async () => {
    const attempt = attemptAfter(20, "written");
    await expect(retryOnConflict("a connection", attempt)).rejects.toThrow(
      "others wrote a connection 20 times in a row",
    );
    expect(attempt).toHaveBeenCalledTimes(20);
  });

  it("does not repeat an attempt that fails", async () => {
    const attempt = vi.fn(() => Promise.reject(new Error("DynamoDB does not answer")));
    await expect(retryOnConflict("an alert", attempt)).rejects.toThrow("DynamoDB does not answer");
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("begins no attempt before the one before is over", async () => {
    let underWay = 0;
    const most: number[] = [];
    const attempt = async () => {
      underWay += 1;
      await new Promise((resolve) => setImmediate(resolve));
      most.push(underWay);
      underWay -= 1;
      return most.length < 5 ? ("conflict" as const) : "written";
    };
    await retryOnConflict("an alert", attempt);
    expect(most).toEqual([1, 1, 1, 1, 1]);
  });
});

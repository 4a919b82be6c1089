import { describe, expect, it } from "vitest";
import { createAttempts, tryAll } from "../../lambda/async/try-all.ts";

const what = "a part of the scheduled run failed";

/** Pieces of work that note that they were done; those of these numbers fail. */
const createWork = (count: number, failing: readonly number[]) => {
  const done: number[] = [];
  const most = { underWay: 0, ever: 0 };
  const work = Array.from({ length: count }, (_, index) => async () => {
    most.underWay += 1;
    most.ever = Math.max(most.ever, most.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    most.underWay -= 1;
    if (failing.includes(index)) throw new Error(`${index} failed`);
    done.push(index);
  });
  return { work, done, most };
};

describe("tryAll", () => {
  it("does everything, and then throws all that failed", async () => {
    const { work, done } = createWork(7, [0, 3, 6]);
    const errors = ["0 failed", "3 failed", "6 failed"].map((message) => new Error(message));
    await expect(tryAll(what, 2, work)).rejects.toThrow(
      expect.objectContaining({ name: "AggregateError", message: what, errors }),
    );
    expect(done).toEqual([1, 2, 4, 5]);
  });

  it("throws nothing where nothing failed, or there is nothing to do", async () => {
    const { work, done } = createWork(3, []);
    await tryAll(what, 8, work);
    await tryAll(what, 8, []);
    expect(done).toEqual([0, 1, 2]);
  });

  it("has as many pieces under way as it may, and no more", async () => {
    const { work, most } = createWork(10, [2, 4]);
    await expect(tryAll(what, 3, work)).rejects.toThrow(what);
    expect(most).toEqual({ underWay: 0, ever: 3 });
  });

  it("takes a piece of work that throws before it waits for anything like one that fails", async () => {
    const { work, done } = createWork(1, []);
    const thrower = (): Promise<void> => {
      throw new TypeError("no server");
    };
    await expect(tryAll(what, 1, [thrower, ...work])).rejects.toThrow(what);
    expect(done).toEqual([0]);
  });
});

describe("attempts", () => {
  it("fail in the end alone, with everything that failed in its order", async () => {
    const { attempt, finish } = createAttempts(what);
    const [first, second] = [new Error("first"), "second"];
    await attempt(() => Promise.reject(first));
    await attempt(async () => {});
    await attempt(() => Promise.reject(second));
    expect(finish).toThrow(expect.objectContaining({ message: what, errors: [first, second] }));
  });

  it("do not fail where none did", async () => {
    const { attempt, finish } = createAttempts(what);
    await attempt(async () => {});
    expect(finish).not.toThrow();
  });
});

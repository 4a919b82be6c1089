import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inParallel } from "../../lambda/async/in-parallel.ts";
import { pointerStep } from "../../lambda/domain/problem.ts";
import { compareText } from "../../lambda/domain/text.ts";

describe("compareText", () => {
  it("orders text as its bytes in UTF-8", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "ä", "\uffee", "😀", "𝕏") });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareText(a, b))).toBe(bytes);
      }),
    );
  });
});

describe("pointerStep", () => {
  it("escapes characters that have a meaning in a JSON Pointer", () => {
    expect(pointerStep("a/b~c")).toBe("/a~1b~0c");
  });
});

describe("inParallel", () => {
  it("keeps the order and never does more at once than allowed", async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel(3, [5, 1, 4, 2, 3], async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, item));
      running -= 1;
      return item * 2;
    });
    expect(results).toEqual([10, 2, 8, 4, 6]);
    expect(most).toBe(3);
  });

  it("fails with the first failure", async () => {
    const work = async (item: number) => (item === 2 ? Promise.reject(new Error("two")) : item);
    await expect(inParallel(2, [1, 2, 3], work)).rejects.toThrow("two");
  });

  it("begins nothing more after a failure", async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      await new Promise((resolve) => setTimeout(resolve, item));
      if (item === 0) throw new Error("zero");
    };
    const items = Array.from({ length: 50 }, (_, index) => index);
    await expect(inParallel(3, items, work)).rejects.toThrow("zero");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(begun.length).toBeLessThan(8);
  });
});

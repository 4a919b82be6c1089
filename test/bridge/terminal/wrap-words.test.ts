import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrapWords } from "../../../bridge/terminal/wrap-words.ts";

describe("wrapWords", () => {
  it.each([
    ["one two three", 13, "one two three"],
    ["one two three", 9, "one two\n  three"],
    ["  one two three four", 12, "  one two\n    three\n    four"],
    ["  --option VALUE  what it does", 24, "  --option VALUE  what\n    it does"],
    ["  --data DIR  keeps the old tables", 30, "  --data DIR  keeps the old\n              tables"],
    ["a-very-long-word two", 8, "a-very-long-word\n  two"],
    ["one\n\ntwo three", 6, "one\n\ntwo\n  three"],
    ["\u001b[31mone two\u001b[0m", 7, "\u001b[31mone two\u001b[0m"],
    ["", 10, ""],
  ])("%j at %i columns", (text, columns, expected) => {
    expect(wrapWords(text, columns)).toBe(expected);
  });

  it("leaves lines as they are where nobody sees their width", () => {
    const line = "word ".repeat(100);
    expect(wrapWords(line, undefined)).toBe(line);
  });

  it("loses no word, and no line is too wide but for a single word", async () => {
    const line = fc.array(fc.stringMatching(/^[a-z-]{1,20}$/), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(line, fc.integer({ min: 10, max: 100 }), async (words, columns) => {
        const lines = wrapWords(words.join(" "), columns).split("\n");
        expect(lines.flatMap((one) => one.trim().split(" "))).toEqual(words);
        for (const one of lines)
          expect(one.length <= columns || !one.trim().includes(" ")).toBe(true);
      }),
    );
  });
});

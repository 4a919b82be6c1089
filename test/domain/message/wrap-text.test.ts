import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailWidth, wrapText } from "../../../lambda/domain/message/wrap-text.ts";

describe("wrapText", () => {
  it("breaks between words, and indents what follows", () => {
    expect(wrapText(`Label: ${"word ".repeat(30).trim()}`, 7)).toEqual([
      `Label: ${"word ".repeat(14).trim()}`,
      `       ${"word ".repeat(14).trim()}`,
      `       ${"word ".repeat(2).trim()}`,
    ]);
  });

  it("cuts a word that fits on no line", () => {
    expect(wrapText("x".repeat(100))).toEqual([`${"x".repeat(75)}...`]);
    expect(wrapText(`a ${"x".repeat(100)} b`, 2)).toEqual(["a", `  ${"x".repeat(73)}...`, "  b"]);
  });

  it("loses no word, and makes no line too long", () => {
    const word = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .map((one) => one.replaceAll(/\s/g, "-"));
    const property = fc.property(fc.array(word, { minLength: 1 }), fc.nat(9), (words, indent) => {
      const lines = wrapText(words.join(" "), indent);
      expect(lines.flatMap((line) => line.split(" ").filter((one) => one !== ""))).toEqual(words);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(mailWidth);
    });
    fc.assert(property);
  });
});

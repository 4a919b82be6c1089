import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerBytesOf, createAnswerBudget, takeFitting } from "../../lambda/domain/page.ts";

const payloadBytes = (entries: readonly object[]): number =>
  Buffer.byteLength(JSON.stringify({ body: JSON.stringify(entries) }));

describe("the bytes of an entry in an answer", () => {
  it.each([
    ["plain text", { a: "bc" }, '{\\"a\\":\\"bc\\"}'.length],
    ["a quote", { a: '"' }, '{\\"a\\":\\"\\\\\\"\\"}'.length],
    ["text beyond ASCII", { a: "ü𝄞" }, '{\\"a\\":\\"\\"}'.length + 6],
    ["a control character", { a: "\u0001" }, '{\\"a\\":\\"\\\\u0001\\"}'.length],
  ])("with %s are those that Lambda counts, and a comma", (_, entry, bytes) => {
    expect(answerBytesOf(entry)).toBe(bytes + 1);
  });

  it("add up to what the answer has, whatever is in them, and to no less than the body has", () => {
    const entry = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
    const property = fc.property(fc.array(entry, { minLength: 1 }), (entries) => {
      const sum = entries.reduce((total, one) => total + answerBytesOf(one), 0);
      expect(payloadBytes(entries)).toBe(sum + payloadBytes([]) - 1);
      expect(Buffer.byteLength(JSON.stringify(entries))).toBeLessThanOrEqual(sum + 1);
    });
    fc.assert(property, { numRuns: 30 });
  });
});

describe("an answer", () => {
  const entry = (length: number) => ({ text: "x".repeat(length) });
  const take = (...lengths: number[]) => takeFitting(lengths, entry);

  it("holds entries until the next one does not fit", () => {
    expect(take(1_000_000, 1_000_000, 1_900_000, 100_000, 1)).toEqual([
      1_000_000, 1_000_000, 1_900_000,
    ]);
    expect(take(1, 2, 3)).toEqual([1, 2, 3]);
    expect(take()).toEqual([]);
  });

  it("holds an entry that is larger than all others together may be, alone", () => {
    expect(take(5_000_000, 1)).toEqual([5_000_000]);
    expect(take(1, 5_000_000)).toEqual([1]);
  });

  it("is full exactly at its limit", () => {
    const around = answerBytesOf(entry(0));
    expect(take(1_990_000 - around, 2_000_000 - around)).toHaveLength(2);
    expect(take(1_990_000 - around, 2_000_001 - around)).toHaveLength(1);
  });

  it("has no room any more after an entry that did not fit", () => {
    const fits = createAnswerBudget();
    expect([1, 5_000_000, 1].map((length) => fits(entry(length)))).toEqual([true, false, false]);
  });
});

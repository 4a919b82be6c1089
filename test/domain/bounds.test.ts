import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMessageText } from "../../lambda/adapters/message-text.ts";
import {
  cutText,
  joinNames,
  messageBytesOf,
  storedBytesOf,
  takeWithin,
} from "../../lambda/domain/bounds.ts";
import { itemBytes } from "../../proof/bench/item-bytes.ts";

const text = fc.string({ unit: "binary", maxLength: 40 });

describe("names as one phrase", () => {
  it.each([
    [[], ""],
    [["A"], "A"],
    [["A", "B"], "A and B"],
    [["A", "B", "C"], "A, B and C"],
    [["A", "B", "C", "D"], "A, B, C and 1 more"],
  ])("%j is %j", (names, phrase) => {
    expect(joinNames(names, 3)).toBe(phrase);
  });

  it("say how many are left out, of the list or before it", () => {
    const names = Array.from({ length: 1_800 }, (_, index) => `S${index}`);
    expect(joinNames(names, 3)).toBe("S0, S1, S2 and 1,797 more");
    expect(joinNames(names.slice(0, 20), 3, 1_800)).toBe("S0, S1, S2 and 1,797 more");
    expect(joinNames(names)).toMatch(/^S0, .*, S9 and 1,790 more$/);
  });
});

describe("text", () => {
  it("is cut with an ellipsis, by code points", () => {
    expect(cutText("𝄞𝄞𝄞", 3)).toBe("𝄞𝄞𝄞");
    expect(cutText("𝄞𝄞𝄞𝄞", 3)).toBe("𝄞𝄞…");
    expect(cutText("abc", 3)).toBe("abc");
  });

  it("stays well-formed, as it is or as long as it may be", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 50 }), (whole, max) => {
        const cut = cutText(whole, max);
        expect([...cut].length).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut === whole).toBe([...whole].length <= max);
      }),
    );
  });
});

describe("the bytes of a value", () => {
  const value = fc.dictionary(
    text.filter((name) => name !== "__proto__"),
    fc.oneof(text, fc.integer(), fc.array(text), fc.dictionary(fc.constant("a"), text)),
  );

  it("are no fewer than DynamoDB or a message has", () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(storedBytesOf(one)).toBeGreaterThanOrEqual(itemBytes(marshall(one)) - 1);
        const message = Buffer.byteLength(toMessageText(one));
        expect(messageBytesOf(one)).toBeGreaterThanOrEqual(message);
      }),
    );
  });
});

describe("the first items that fit", () => {
  it("end where one does not, a comma each included", () => {
    const take = (bytes: number) => takeWithin(["a", "bbbb", "c"], bytes, (one) => one.length);
    expect(take(9)).toEqual(["a", "bbbb", "c"]);
    expect(take(8)).toEqual(["a", "bbbb"]);
    expect(take(6)).toEqual(["a"]);
    expect(take(0)).toEqual([]);
  });
});

import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { matchesSignature } from "../../lambda/adapters/matches-signature.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const content = Buffer.from([0, 255, 10, 13]);
const right = createHmac("sha256", Buffer.alloc(32, 7)).update(content).digest("base64");

describe("matchesSignature", () => {
  it("finds the right one among others", () => {
    expect(matchesSignature(key, content, [right])).toBe(true);
    expect(matchesSignature(key, content, ["", "AAAA", right])).toBe(true);
  });

  it.each([
    ["no signature", []],
    ["an empty one", [""]],
    ["a shorter one", [right.slice(0, -4)]],
    ["a longer one", [`AAAA${right}`]],
    ["one of another key", [createHmac("sha256", "x").update(content).digest("base64")]],
    ["text that is not base64", ["ä!"]],
  ])("does not accept %s", (_, signatures) => {
    expect(matchesSignature(key, content, signatures)).toBe(false);
  });
});

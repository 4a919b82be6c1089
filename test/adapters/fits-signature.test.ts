import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fitsSignature } from "../../lambda/adapters/fits-signature.ts";

const key = Buffer.alloc(32, 7).toString("base64");
const content = Buffer.from([0, 255, 10, 13]);
const right = createHmac("sha256", Buffer.alloc(32, 7)).update(content).digest("base64");

describe("fitsSignature", () => {
  it("knows the right one among others", () => {
    expect(fitsSignature(key, content, [right])).toBe(true);
    expect(fitsSignature(key, content, ["", "AAAA", right])).toBe(true);
  });

  it.each([
    ["no signature", []],
    ["an empty one", [""]],
    ["a shorter one", [right.slice(0, -4)]],
    ["a longer one", [`AAAA${right}`]],
    ["one of another key", [createHmac("sha256", "x").update(content).digest("base64")]],
    ["no base64", ["ä!"]],
  ])("takes %s for none", (_, signatures) => {
    expect(fitsSignature(key, content, signatures)).toBe(false);
  });
});

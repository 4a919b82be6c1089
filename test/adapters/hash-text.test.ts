import { describe, expect, it } from "vitest";
import { hashText } from "../../lambda/adapters/hash-text.ts";

describe("hashText", () => {
  it("gives the same text the same name for ever, because ids are stored", () => {
    expect(hashText("")).toBe("47DEQpj8HBSa-_TImW-5JC");
    expect(hashText("é")).toHaveLength(22);
    expect(hashText("é")).not.toBe(hashText("e\u0301"));
  });
});

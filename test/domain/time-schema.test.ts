import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { isoTime } from "../../lambda/domain/time-schema.ts";

const messageOf = (text: string, subject?: string) =>
  v.safeParse(isoTime(subject), text).issues?.[0].message;

describe("a time as ISO 8601 text", () => {
  it("gets advice about URLs only as a parameter of one", () => {
    const text = "2026-11-20T02:58:00 01:00";
    const problem = "has a space where the sign of its offset must be";
    expect(messageOf(text)).toBe(problem);
    expect(messageOf(text, "from ")).toBe(`from ${problem}: in a URL, write a plus as %2B`);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryAfter } from "../../../bridge/http/retry-after.ts";

const nowMs = Date.UTC(2026, 10, 18, 6);
const read = (values: Record<string, string>) => readRetryAfter(new Headers(values), nowMs);

describe("readRetryAfter", () => {
  it.each([
    ["0", 0],
    ["7", 7_000],
    [" 7 ", 7_000],
    ["Wed, 18 Nov 2026 06:00:10 GMT", 10_000],
    ["Wednesday, 18-Nov-26 06:00:10 GMT", 10_000],
    ["Wed Nov 18 06:00:10 2026", 10_000],
    ["Wed, 18 Nov 2026 05:00:00 GMT", 0],
    ["999999999999999999999999", 3_600_000],
    ["Wed, 18 Nov 2076 06:00:00 GMT", 3_600_000],
  ])("takes %j", (header, expected) => {
    expect(read({ "retry-after": header })).toBe(expected);
  });

  it.each(["-5", "1.5", "+5", "1e3", "0x10", "5s", "7, 7", "7;q=1", "soon", "", "-Infinity"])(
    "takes %j for nothing",
    (header) => {
      expect(read({ "retry-after": header })).toBeUndefined();
      expect(read({})).toBeUndefined();
    },
  );

  it("measures a date by the clock that made it", () => {
    const date = "Wed, 18 Nov 2026 09:00:00 GMT";
    expect(read({ date, "retry-after": "Wed, 18 Nov 2026 09:00:20 GMT" })).toBe(20_000);
    expect(read({ date: "soon", "retry-after": "Wed, 18 Nov 2026 06:00:20 GMT" })).toBe(20_000);
  });

  it("is nothing, or between 0 and an hour, whatever the header says", () => {
    const text = fc.oneof(fc.string({ unit: "grapheme-ascii" }), fc.integer().map(String));
    fc.assert(
      fc.property(text, (header) => {
        const asked = read({ "retry-after": header }) ?? 0;
        expect(asked >= 0 && asked <= 3_600_000).toBe(true);
      }),
    );
  });
});

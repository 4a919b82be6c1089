import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTime, readTime } from "../../lambda/domain/time.ts";

describe("readTime", () => {
  it.each([
    ["seconds and microseconds", { sec: 1_795_143_480, usec: 123_456 }, 1_795_143_480_123_456],
    ["seconds alone", { sec: 1_795_143_480 }, 1_795_143_480_000_000],
    ["absent microseconds", { sec: 1_795_143_480, usec: null }, 1_795_143_480_000_000],
    ["empty microseconds", { sec: 1_795_143_480, usec: "" }, 1_795_143_480_000_000],
    ["decimal text", { sec: "1795143480", usec: "5" }, 1_795_143_480_000_005],
    [
      "the Platform SDK's parts",
      { timeinuSecs: 5, timeinSecs: 1_795_143_480 },
      1_795_143_480_000_005,
    ],
    [
      "T-Library's parts",
      { AttributeTimeinuSecs: "5", AttributeTimeinSecs: "1795143480" },
      1_795_143_480_000_005,
    ],
    ["ISO 8601 with Z", "2026-11-20T02:58:00Z", 1_795_143_480_000_000],
    ["milliseconds", "2026-11-20T02:58:00.123Z", 1_795_143_480_123_000],
    ["microseconds", "2026-11-20T02:58:00.123456Z", 1_795_143_480_123_456],
    ["nine digits, cut", "2026-11-20T02:58:00.123456999Z", 1_795_143_480_123_456],
    ["an offset", "2026-11-20T03:58:00.5+01:00", 1_795_143_480_500_000],
    ["an offset without colon", "2026-11-19T21:58:00-0500", 1_795_143_480_000_000],
    ["a leap day", "2028-02-29T00:00:00Z", 1_835_395_200_000_000],
  ])("reads %s", (_, value, expected) => {
    expect(readTime(value)).toBe(expected);
  });

  it("caps a number that cannot be seconds, so that it is refused as future instead of losing precision", () => {
    expect(readTime({ sec: 1_795_143_480_123 })).toBe(9_000_000_000_000_000);
    expect(readTime("9999-12-31T23:59:59Z")).toBe(9_000_000_000_000_000);
  });

  it.each([
    ["a number", 1_795_143_480],
    ["null", null],
    ["no seconds", { usec: 1 }],
    ["negative seconds", { sec: -1 }],
    ["a fraction", { sec: 1.5 }],
    ["too many microseconds", { sec: 1, usec: 1_000_000 }],
    ["text that is not a number", { sec: "soon" }],
    ["ISO without offset", "2026-11-20T02:58:00"],
    ["ten digits of a second", "2026-11-20T02:58:00.0123456789Z"],
    ["a point without digits", "2026-11-20T02:58:00.Z"],
    ["30 February", "2026-02-30T00:00:00Z"],
    ["month 13", "2026-13-01T00:00:00Z"],
    ["hour 24", "2026-11-20T24:00:00Z"],
    ["a time before 1970", "1969-12-31T23:59:59Z"],
    ["a date alone", "2026-11-20"],
    ["empty text", ""],
  ])("does not read %s", (_, value) => {
    expect(readTime(value)).toBeUndefined();
  });

  it("cuts 0 to 9 digits of a second to microseconds, so that a repetition is the same to the microsecond", () => {
    const digits = fc.stringMatching(/^\d{1,9}$/);
    fc.assert(
      fc.property(
        fc.nat(8_999_999_999),
        digits,
        fc.constantFrom("Z", "+00:00"),
        (sec, text, zone) => {
          const [whole] = formatTime(sec * 1_000_000).split(".");
          const usec = Number(text.padEnd(9, "0").slice(0, 6));
          expect(readTime(`${whole}.${text}${zone}`)).toBe(sec * 1_000_000 + usec);
          expect(readTime(`${whole}${zone}`)).toBe(sec * 1_000_000);
        },
      ),
    );
  });

  it("reads back what formatTime writes, to the microsecond", () => {
    fc.assert(
      fc.property(fc.nat(8_999_999_999), fc.nat(999_999), (sec, usec) => {
        const micros = sec * 1_000_000 + usec;
        expect(readTime(formatTime(micros))).toBe(micros);
      }),
    );
  });
});

describe("formatTime", () => {
  it("writes ISO 8601 UTC with microseconds", () => {
    expect(formatTime(1_795_143_480_000_007)).toBe("2026-11-20T02:58:00.000007Z");
  });
});

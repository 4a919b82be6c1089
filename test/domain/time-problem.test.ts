import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTime } from "../../lambda/domain/time.ts";
import {
  explainFarTime,
  explainIsoTime,
  explainTime,
  explainUrlTime,
} from "../../lambda/domain/time-problem.ts";

const iso = "2026-11-20T02:58:00";
const notTheForm =
  "is not ISO 8601 of the form YYYY-MM-DDThh:mm:ss with Z or an offset: write it like 2026-11-20T02:58:00Z";

describe("explainIsoTime", () => {
  it.each([
    ["", "is empty"],
    ["soon", notTheForm],
    ["20.11.2026 02:58:00", notTheForm],
    [` ${iso}Z`, "has a space or line break before or behind it"],
    ["2026-11-201T02:58:00Z", notTheForm],
    ["1795143480", "is a bare number: write it like 2026-11-20T02:58:00Z"],
    ["-5.5", "is a bare number: write it like 2026-11-20T02:58:00Z"],
    [
      "1795143480123",
      "is a bare number, which looks like milliseconds since 1970: write it like 2026-11-20T02:58:00Z",
    ],
    ["12026-11-20T02:58:00Z", "has a year that is not four digits"],
    ["+002026-11-20T02:58:00Z", "has a year that is not four digits"],
    ["2026-00-20T02:58:00Z", "has a month that does not exist"],
    ["2026-13-01T00:00:00Z", "has a month that does not exist"],
    ["2026-02-30T00:00:00Z", "has a day that its month does not have"],
    ["2026-11-31T00:00:00Z", "has a day that its month does not have"],
    ["2026-11-00T00:00:00Z", "has a day that its month does not have"],
    ["2026-11-20", "is a date without a time of day: add one, like T02:58:00Z"],
    ["2026-11-20Z", "has no time of day like T02:58:00 behind its date"],
    ["2026-11-20T2:58:00Z", "has no time of day like T02:58:00 behind its date"],
    ["2026-11-20 02:58:00Z", "needs a capital T between its date and its time of day"],
    ["2026-11-20t02:58:00Z", "needs a capital T between its date and its time of day"],
    ["2026-11-20T24:00:00Z", "has an hour that does not exist: it may be 00 to 23"],
    ["2026-11-20T02:60:00Z", "has a minute that does not exist: it may be 00 to 59"],
    ["2026-11-20T02:58Z", "has no seconds of two digits"],
    ["2026-11-20T02:58:000Z", "has no seconds of two digits"],
    ["2026-11-20T02:58:60Z", "has a second that does not exist: it may be 00 to 59"],
    [`${iso},5Z`, "has a comma before its fraction: write a point"],
    [`${iso}.Z`, "has a point, but no digits of a second behind it"],
    [`${iso}.0123456789Z`, "has more than 9 digits behind the point of its second"],
    [iso, "has no offset: end it with Z or +hh:mm"],
    [`${iso}.123`, "has no offset: end it with Z or +hh:mm"],
    [`${iso}z`, "ends with a small z: write Z"],
    [`${iso} 01:00`, "has a space where the sign of its offset must be"],
    [`${iso}+01`, "has an offset without minutes: write +hh:mm"],
    [`${iso}+24:00`, "has an offset that does not exist: it may be -23:59 to +23:59"],
    [`${iso}-0160`, "has an offset that does not exist: it may be -23:59 to +23:59"],
    [`${iso}+01:00[Europe/Berlin]`, "ends with something other than Z or an offset +hh:mm"],
    [`${iso} UTC`, "ends with something other than Z or an offset +hh:mm"],
    [`${iso}Z\n`, "has a space or line break before or behind it"],
    [" \n", "is empty"],
    ...["20261118T080000Z", "2026-W47-3T08:00:00Z", "2026-322T08:00:00Z", "2026-11"].map((text) => [
      text,
      notTheForm,
    ]),
    ["1969-12-31T23:59:59Z", "lies before 1970"],
    ["1970-01-01T00:30:00+01:00", "lies before 1970"],
  ])("says of %j that it %s", (text, problem) => {
    expect(readTime(text)).toBeUndefined();
    expect(explainIsoTime(text)).toBe(problem);
  });
});

describe("explainUrlTime", () => {
  it("says how to write a plus in a URL, and else what explainIsoTime says", () => {
    const space = "has a space where the sign of its offset must be";
    expect(explainUrlTime(`${iso} 01:00`)).toBe(`${space}: in a URL, write a plus as %2B`);
    expect(explainUrlTime("")).toBe("is empty");
  });
});

const form =
  'give {"sec": seconds, "usec": microseconds} since 1970, or ISO 8601 like 2026-11-20T02:58:00Z';
const otherMember =
  "has a member other than sec and usec: give the fraction of a second as usec (microseconds)";
const large = JSON.rawJSON("1795143480123456789");

describe("explainTime", () => {
  it.each([
    [1_795_143_480, `is a bare number: ${form}`],
    ["1795143480", `is a bare number: ${form}`],
    [1_795_143_480_123, `is a bare number, which looks like milliseconds since 1970: ${form}`],
    [1_795_143_480_123_456, `is a bare number, which looks like microseconds since 1970: ${form}`],
    [large, `is a bare number, which looks like nanoseconds since 1970: ${form}`],
    [true, `must be text or an object, not true or false: ${form}`],
    [null, `must be text or an object, not null: ${form}`],
    [[1], `must be text or an object, not a list: ${form}`],
    [{}, `is an empty object: ${form}`],
    [{ usec: 1 }, `has no sec: ${form}`],
    [{ sec: null }, `has no sec: ${form}`],
    [{ sec: large }, "has a sec that looks like nanoseconds: sec counts seconds since 1970"],
    [{ sec: -1 }, "has a negative sec: sec counts seconds since 1970"],
    [{ timeinSecs: "-1" }, "has a negative timeinSecs: timeinSecs counts seconds since 1970"],
    [{ TimeinSecs: "abc" }, "has a TimeinSecs that is not a whole number of seconds"],
    [{ TimeinSecs: 1, TimeinuSecs: 1_000_000 }, "has a TimeinuSecs above 999999"],
    [{ sec: 1, msec: 250 }, otherMember],
    [{ sec: 1, usec: 5, nsec: 250 }, otherMember],
    [{ ms: 0, sec: "1" }, otherMember],
    [{ sec: 1.5 }, "has a sec that is not a whole number of seconds"],
    [{ sec: "soon" }, "has a sec that is not a whole number of seconds"],
    [{ sec: { toString: 1 } }, "has a sec that is not a whole number of seconds"],
    [{ sec: 1, usec: 1_000_000 }, "has a usec above 999999"],
    [{ sec: 1, usec: large }, "has a usec above 999999"],
    [{ sec: 1, usec: -1 }, "has a usec that is not a whole number from 0 to 999999"],
    [{ sec: 1, usec: "0.5" }, "has a usec that is not a whole number from 0 to 999999"],
    [{ sec: 1, usec: [] }, "has a usec that is not a whole number from 0 to 999999"],
  ])("says of %j that it %s", (value, problem) => {
    expect(readTime(value)).toBeUndefined();
    expect(explainTime(value)).toBe(problem);
  });

  it("says something of every value of JSON, without throwing and without repeating it", () => {
    const word = fc.constantFrom("QZX", "QZX-11-20", `${iso}QZX`, `${iso}.QZX`);
    const value = fc.oneof(fc.jsonValue(), word, fc.record({ sec: word }), fc.string());
    fc.assert(
      fc.property(value, (one) => {
        const problem = explainTime(one);
        expect(problem).toMatch(/^(?:has|is|ends|needs|lies|must be) /);
        expect(problem).not.toContain("QZX");
        expect(() => readTime(one)).not.toThrow();
      }),
    );
  });
});

describe("a time with one thing wrong", () => {
  const between = (min: number, max: number, digits = 2) =>
    fc.integer({ min, max }).map((number) => String(number).padStart(digits, "0"));
  const right = {
    year: between(1971, 2253, 4),
    month: between(1, 12),
    day: between(1, 28),
    t: fc.constant("T"),
    hour: between(0, 23),
    minute: between(0, 59).map((minute) => `:${minute}`),
    second: between(0, 59).map((second) => `:${second}`),
    fraction: fc.oneof(fc.constant(""), fc.stringMatching(/^\.\d{1,9}$/)),
    zone: fc.oneof(fc.constant("Z"), fc.stringMatching(/^[+-](?:[01]\d|2[0-3]):?[0-5]\d$/)),
  };
  const textWith = (changes: Partial<Record<keyof typeof right, fc.Arbitrary<string>>>) =>
    fc
      .record({ ...right, ...changes })
      .map(
        ({ year, month, day, t, hour, minute, second, fraction, zone }) =>
          `${year}-${month}-${day}${t}${hour}${minute}${second}${fraction}${zone}`,
      );
  const colon = (part: fc.Arbitrary<string>) => part.map((digits) => `:${digits}`);
  const none = fc.constant("");
  const noDay = "has a day that its month does not have";
  const noOffset = "has an offset that does not exist: it may be -23:59 to +23:59";
  const noTime = { hour: none, minute: none, second: none, fraction: none };

  it("can be read where it has none", () => {
    fc.assert(
      fc.property(textWith({}), (text) => {
        expect(readTime(text)).toBeTypeOf("number");
      }),
    );
  });

  it.each([
    ["lies before 1970", textWith({ year: between(1, 1968, 4) })],
    ["has a year that is not four digits", textWith({ year: between(10_000, 99_999) })],
    ["has a month that does not exist", textWith({ month: between(13, 99) })],
    [noDay, textWith({ day: fc.oneof(fc.constant("00"), between(32, 99)) })],
    [noDay, textWith({ month: fc.constantFrom("04", "06", "09", "11"), day: fc.constant("31") })],
    [noDay, textWith({ month: fc.constant("02"), day: between(30, 31) })],
    [
      "is a date without a time of day: add one, like T02:58:00Z",
      textWith({ ...noTime, t: none, zone: none }),
    ],
    [
      "needs a capital T between its date and its time of day",
      textWith({ t: fc.constantFrom("t", " ") }),
    ],
    ["has an hour that does not exist: it may be 00 to 23", textWith({ hour: between(24, 99) })],
    [
      "has a minute that does not exist: it may be 00 to 59",
      textWith({ minute: colon(between(60, 99)) }),
    ],
    ["has no seconds of two digits", textWith({ second: none, fraction: none })],
    [
      "has a second that does not exist: it may be 00 to 59",
      textWith({ second: colon(between(60, 99)) }),
    ],
    [
      "has a comma before its fraction: write a point",
      textWith({ fraction: fc.stringMatching(/^,\d{1,9}$/) }),
    ],
    ["has a point, but no digits of a second behind it", textWith({ fraction: fc.constant(".") })],
    [
      "has more than 9 digits behind the point of its second",
      textWith({ fraction: fc.stringMatching(/^\.\d{10,20}$/) }),
    ],
    ["has no offset: end it with Z or +hh:mm", textWith({ zone: none })],
    ["ends with a small z: write Z", textWith({ zone: fc.constant("z") })],
    [
      "has a space where the sign of its offset must be",
      textWith({ zone: fc.stringMatching(/^ [01]\d:?[0-5]\d$/) }),
    ],
    [
      "has an offset without minutes: write +hh:mm",
      textWith({ zone: fc.stringMatching(/^[+-][01]\d$/) }),
    ],
    [noOffset, textWith({ zone: fc.stringMatching(/^[+-](?:2[4-9]|[3-9]\d):?[0-5]\d$/) })],
    [noOffset, textWith({ zone: fc.stringMatching(/^[+-][01]\d:?[6-9]\d$/) })],
    [
      "ends with something other than Z or an offset +hh:mm",
      textWith({ zone: fc.constantFrom("ZZ", " UTC", "+1", "+01:00[Europe/Berlin]", "+01:000") }),
    ],
  ])("%s", (problem, text) => {
    fc.assert(
      fc.property(text, (one) => {
        expect(readTime(one)).toBeUndefined();
        expect(explainIsoTime(one)).toBe(problem);
      }),
    );
  });
});

describe("explainFarTime", () => {
  it.each([
    [
      { sec: 1_795_143_480_123 },
      "has a sec that looks like milliseconds: sec counts seconds since 1970",
    ],
    [
      { TimeinSecs: "1795143480123456" },
      "has a TimeinSecs that looks like microseconds: TimeinSecs counts seconds since 1970",
    ],
    [{ sec: 9_000_000_000 }, "lies after 2254, the last whole year that is kept"],
    ["9999-12-31T23:59:59Z", "lies after 2254, the last whole year that is kept"],
    [{ sec: 8_999_999_999 }, undefined],
  ])("says of %j: %s", (value, problem) => {
    expect(explainFarTime(readTime(value) ?? 0, value)).toBe(problem);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHttpDate } from "../../../bridge/http/http-date.ts";

const nowMs = Date.UTC(2026, 10, 18, 6);
const names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** A time in the three forms of RFC 9110. */
const formsOf = (date: Date): string[] => {
  const imf = date.toUTCString();
  const [, day = "", month = "", year = "", time = ""] = imf.split(" ");
  const name = names[date.getUTCDay()] ?? "";
  return [
    imf,
    `${name}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    `${name.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`,
  ];
};

describe("readHttpDate", () => {
  it("reads every second from 1980 to 2070 in all three forms", () => {
    const seconds = fc.integer({ min: Date.UTC(1980) / 1000, max: Date.UTC(2070) / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        for (const text of formsOf(new Date(second * 1000)))
          expect([text, readHttpDate(text, nowMs)]).toEqual([text, second * 1000]);
      }),
    );
  });

  it.each([
    ["Sunday, 06-Nov-94 08:49:37 GMT", Date.UTC(1994, 10, 6, 8, 49, 37)],
    ["Sunday, 06-Nov-76 08:49:37 GMT", Date.UTC(2076, 10, 6, 8, 49, 37)],
    ["Sunday, 06-Nov-77 08:49:37 GMT", Date.UTC(1977, 10, 6, 8, 49, 37)],
    ["Sat, 31 Dec 2016 23:59:60 GMT", Date.UTC(2017, 0, 1)],
  ])("reads %s", (text, expected) => {
    expect(readHttpDate(text, nowMs)).toBe(expected);
  });

  it.each([
    "",
    "-5",
    "1.5",
    "2026",
    "2026-11-18T06:00:10Z",
    "18 Nov 2026 06:00:10 GMT",
    "Wed, 18 Nov 2026 06:00:10 +0100",
    "Wed, 18 Nov 2026 06:00:10",
    "Wed, 18 Nov 2026 25:00:10 GMT",
    "Wed, 18 Nov 2026 06:60:10 GMT",
    "Wed, 18 Nov 2026 06:00:61 GMT",
    "Wed, 31 Nov 2026 06:00:10 GMT",
    "Wed, 00 Nov 2026 06:00:10 GMT",
    "Wed, 18 Nox 2026 06:00:10 GMT",
    "Wed, 18 Nov 2026 06:00:10 GMT, Wed, 18 Nov 2026 06:00:10 GMT",
  ])("does not take %j for a date", (text) => {
    expect(readHttpDate(text, nowMs)).toBeUndefined();
  });
});

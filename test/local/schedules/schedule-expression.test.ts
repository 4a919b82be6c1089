import { describe, expect, it } from "vitest";
import { readSchedule, type ScheduleBounds } from "../../../local/schedules/schedule-expression.ts";

// A Sunday.
const now = Date.parse("2026-11-22T18:00:30Z");
const bounds: ScheduleBounds = {
  timezone: "UTC",
  start: undefined,
  end: undefined,
  now,
  timeLapse: 1,
};

/** The next times, without seconds where they are 0. */
const next = (expression: string, count: number, more: Partial<ScheduleBounds> = {}) => {
  const reading = readSchedule(expression, { ...bounds, ...more });
  if (reading.kind === "unreadable") return [reading.reason];
  const times: string[] = [];
  let time: number | undefined = now;
  while (times.length < count) {
    time = reading.nextAfter(time);
    if (time === undefined) break;
    times.push(new Date(time).toISOString().replace(/(:00)?\.000Z$/, ""));
  }
  return times;
};

describe("rate() in time lapse", () => {
  it.each([
    ["rate(1 minute)", 4, "2026-11-22T18:00:45", "2026-11-22T18:01"],
    ["rate(1 minute)", 60, "2026-11-22T18:00:31", "2026-11-22T18:00:32"],
    ["rate(1 minute)", 600, "2026-11-22T18:00:31", "2026-11-22T18:00:32"],
    ["rate(2 hours)", 60, "2026-11-22T18:02:30", "2026-11-22T18:04:30"],
  ])("%s at %d fires more often, once a second at most", (expression, timeLapse, ...times) => {
    expect(next(expression, 2, { timeLapse })).toEqual(times);
  });
});

describe("rate()", () => {
  it.each([
    ["rate(1 minute)", "2026-11-22T18:01:30", "2026-11-22T18:02:30"],
    ["rate(5 minutes)", "2026-11-22T18:05:30", "2026-11-22T18:10:30"],
    ["rate(2 hours)", "2026-11-22T20:00:30", "2026-11-22T22:00:30"],
    ["rate(1 day)", "2026-11-23T18:00:30", "2026-11-24T18:00:30"],
  ])("%s fires a period after the start, and each period on", (expression, ...times) => {
    expect(next(expression, 2)).toEqual(times);
  });

  it("starts at its start date, even a past one", () => {
    const at = (text: string) => ({ start: Date.parse(text) });
    expect(next("rate(1 hour)", 1, at("2026-11-22T19:15:00Z"))).toEqual(["2026-11-22T19:15"]);
    expect(next("rate(1 hour)", 1, at("2026-11-20T08:15:00Z"))).toEqual(["2026-11-22T18:15"]);
  });
});

describe("cron()", () => {
  it.each([
    ["cron(0 10 * * ? *)", "2026-11-23T10:00", "2026-11-24T10:00"],
    ["cron(15 12 ? * MON-FRI *)", "2026-11-23T12:15", "2026-11-24T12:15"],
    ["cron(0/15 * * * ? *)", "2026-11-22T18:15", "2026-11-22T18:30"],
    ["cron(5/10 8-17 ? * MON,WED *)", "2026-11-23T08:05", "2026-11-23T08:15"],
    ["cron(0 9 ? * 1 *)", "2026-11-29T09:00", "2026-12-06T09:00"],
    ["cron(0 9 ? * 2#1 *)", "2026-12-07T09:00", "2027-01-04T09:00"],
    ["cron(0 9 ? * 6L *)", "2026-11-27T09:00", "2026-12-25T09:00"],
    ["cron(0 18 L * ? *)", "2026-11-30T18:00", "2026-12-31T18:00"],
    ["cron(0 9 3W * ? *)", "2026-12-03T09:00", "2027-01-04T09:00"],
    ["cron(0 8 1 1 ? 2028-2029)", "2028-01-01T08:00", "2029-01-01T08:00"],
  ])("%s fires when AWS fires", (expression, ...times) => {
    expect(next(expression, 2)).toEqual(times);
  });

  it("follows its time zone across a clock change", () => {
    const berlin = { timezone: "Europe/Berlin", start: Date.parse("2027-03-27T12:00:00Z") };
    expect(next("cron(0 8 * * ? *)", 2, berlin)).toEqual(["2027-03-28T06:00", "2027-03-29T06:00"]);
  });

  it("ends with its years and at its end date", () => {
    expect(next("cron(0 8 1 1 ? 2020)", 1)).toEqual([]);
    const end = Date.parse("2026-11-23T10:00:00Z");
    expect(next("cron(0 10 * * ? *)", 5, { end })).toEqual(["2026-11-23T10:00"]);
  });
});

describe("at()", () => {
  it("fires once, in its time zone", () => {
    const berlin = { timezone: "Europe/Berlin" };
    expect(next("at(2026-11-22T20:00:00)", 5, berlin)).toEqual(["2026-11-22T19:00"]);
    expect(next("at(2026-11-22T18:00:30)", 5)).toEqual([]);
  });
});

describe("an expression that AWS refuses", () => {
  it.each([
    ["every day", /not a rate\(…\)/],
    ["rate(0 minutes)", /a rate is a number/],
    ["rate(5 seconds)", /a rate is a number/],
    ["cron(0 8 * * ?)", /six fields/],
    ["cron(0 8 * * * *)", /exactly one of/],
    ["cron(61 8 * * ? *)", /Invalid value for minute/],
    ["at(tomorrow)", /a time is/],
    ["at(2026-13-01T00:00:00)", /./],
  ])("is unreadable: %s", (expression, reason) => {
    expect(readSchedule(expression, bounds)).toEqual({
      kind: "unreadable",
      reason: expect.stringMatching(reason),
    });
  });

  it("is one with an unknown time zone", () => {
    const reading = readSchedule("cron(0 8 * * ? *)", { ...bounds, timezone: "Mars/Olympus" });
    expect(reading.kind).toBe("unreadable");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findStorm } from "../../../lambda/domain/alerting/storm-window.ts";

const rules = { incidentLosses: 2, incidentSeconds: 10 };
const seconds = (...all: number[]) => all.map((second) => second * 1_000_000);

describe("findStorm", () => {
  it("needs more than so many losses within so long", () => {
    expect(findStorm(seconds(0, 5), rules).count).toBe(0);
    expect(findStorm(seconds(0, 5, 10), rules).count).toBe(3);
    expect(findStorm(seconds(0, 5, 11), rules).count).toBe(0);
  });

  it("finds every loss that is part of some full window", () => {
    const storm = findStorm(seconds(0, 30, 35, 40, 45, 90), rules);
    expect(storm.count).toBe(4);
    expect(seconds(0, 30, 45, 90).map(storm.isPart)).toEqual([false, true, true, false]);
  });

  it("finds the same as checking every window", () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 4 }), (given, incidentLosses) => {
        const all = seconds(...given);
        const isFull = (from: number) =>
          all.filter((time) => time >= from && time <= from + 10_000_000).length > incidentLosses;
        const isPart = (time: number) =>
          all.some((from) => from <= time && time <= from + 10_000_000 && isFull(from));
        const storm = findStorm(all, { incidentLosses, incidentSeconds: 10 });
        expect(all.map(storm.isPart)).toEqual(all.map(isPart));
        expect(storm.count).toBe(all.filter(isPart).length);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { courseOf, type MemorySample, rangeLine } from "../../../proof/load/memory.ts";

const megabyte = 1024 ** 2;
const sample = (seconds: number, ours: number): MemorySample => ({
  seconds,
  ours: ours * megabyte,
  messaging: 10 * megabyte,
  database: seconds * megabyte,
});
/** A sample every ten seconds. */
const samplesOf = (totalSeconds: number, ours: (seconds: number) => number): MemorySample[] =>
  Array.from({ length: totalSeconds / 10 }, (_, index) => sample(index * 10, ours(index * 10)));

describe("the course of memory", () => {
  it("is 1 where nothing grows, whatever the first minute was like", () => {
    const samples = samplesOf(300, (seconds) => (seconds < 60 ? 50 : 200));
    expect(courseOf(samples, "ours", 300)).toEqual({ figure: 1, min: 1, max: 1 });
  });

  it("is the last minute against the second, a peak between them aside", () => {
    const samples = samplesOf(300, (seconds) => {
      if (seconds === 150) return 400;
      return seconds < 240 ? 200 : 300;
    });
    expect(courseOf(samples, "ours", 300)).toEqual({ figure: 1.5, min: 1, max: 2 });
  });

  it("takes minutes of a longer load too, and fifths of a shorter one", () => {
    const long = samplesOf(1200, (seconds) => (seconds >= 1140 ? 400 : 200));
    expect(courseOf(long, "ours", 1200).figure).toBe(2);
    const short = samplesOf(100, (seconds) => (seconds >= 80 ? 300 : 200));
    expect(courseOf(short, "ours", 100).figure).toBe(1.5);
  });

  it("is of the part that was asked for", () => {
    const samples = samplesOf(300, () => 200);
    expect(courseOf(samples, "messaging", 300).figure).toBe(1);
    expect(courseOf(samples, "database", 300).figure).toBe(265 / 85);
  });
});

describe("the range of memory", () => {
  it("is told in megabytes", () => {
    const line = rangeLine([sample(10, 200), sample(20, 250.4)]);
    expect(line).toBe(
      "memory: runner and functions 200 to 250 MB, fauxqs 10 to 10 MB, DynamoDB 10 to 20 MB",
    );
  });
});

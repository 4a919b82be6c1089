import { describe, expect, it } from "vitest";
import { type Answer, createTally, judgeAnswer } from "../../../proof/load/tally.ts";

const answered = (status: number, retryAfter: string | null = null, text = "{}"): Answer => ({
  kind: "answered",
  status,
  retryAfter,
  text,
});

describe("an answer", () => {
  it.each([
    [200, null, "stored"],
    [429, "2", "refused"],
    [503, "2", "refused"],
    [503, "Wed, 21 Oct 2026 07:28:00 GMT", "refused"],
    [429, null, "error"],
    [503, null, "error"],
    [503, "soon", "error"],
    [207, null, "error"],
    [401, null, "error"],
    [500, "2", "error"],
  ] as const)("of %d with Retry-After %s is %s", (status, retryAfter, expected) => {
    expect(judgeAnswer(answered(status, retryAfter))).toBe(expected);
  });

  it("that never came is an error", () => {
    expect(judgeAnswer({ kind: "none", why: "no answer (ECONNRESET)" })).toBe("error");
  });
});

describe("the tally", () => {
  it("counts by what an answer is, and by its code", () => {
    const tally = createTally();
    tally.add(answered(503));
    for (let times = 0; times < 3; times += 1) tally.add(answered(200));
    tally.add(answered(503, "2"));
    tally.add(answered(503, "2"));
    expect(tally.count("stored")).toBe(3);
    expect(tally.count("refused")).toBe(2);
    expect(tally.count("error")).toBe(1);
    expect(tally.lines()).toEqual([
      "3 × 200",
      "2 × 503 with Retry-After",
      "1 × 503 without Retry-After",
    ]);
  });

  it("keeps some of the first errors, in short", () => {
    const tally = createTally();
    tally.add({ kind: "none", why: "no answer in time" });
    for (let times = 0; times < 10; times += 1) tally.add(answered(500, null, "x".repeat(1000)));
    expect(tally.examples).toHaveLength(5);
    expect(tally.examples[0]).toBe("no answer in time");
    expect(tally.examples[1]).toMatch(/^500 without Retry-After: x{300}$/);
  });

  it("has nothing to show of what went well", () => {
    const tally = createTally();
    tally.add(answered(200));
    tally.add(answered(429, "1"));
    expect(tally.examples).toEqual([]);
    expect(tally.count("error")).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { countOutcome, isComplete, type RunTally, summary } from "../../bridge/tally.ts";

const tally = (outcomes: RunTally["outcomes"], more: Partial<RunTally> = {}): RunTally => ({
  outcomes,
  kept: 0,
  unreadable: 0,
  ...more,
});

describe("the tally of a run", () => {
  it("counts outcomes, new ones too", () => {
    const counted = ["applied", "applied", "novel"].reduce(countOutcome, tally({}));
    expect(counted.outcomes).toEqual({ applied: 2, novel: 1 });
  });

  it.each([
    [tally({}), "0 events: 0 applied"],
    [tally({ applied: 1 }), "1 event: 1 applied"],
    [
      tally({ duplicate: 2, rejected: 1, novel: 1 }, { kept: 3, unreadable: 1 }),
      "8 events: 0 applied, 2 duplicate, 1 rejected, 1 novel, 3 kept for the next run, 1 not readable",
    ],
  ])("is one line %#", (given, expected) => {
    expect(summary(given)).toBe(expected);
  });

  it.each([
    [tally({ applied: 1, duplicate: 1, outdated: 1, ignored: 1 }), true],
    [tally({ rejected: 1 }), false],
    [tally({ refused: 1 }), false],
    [tally({}, { kept: 1 }), false],
    [tally({}, { unreadable: 1 }), false],
  ])("is complete only when nothing is missing %#", (given, expected) => {
    expect(isComplete(given)).toBe(expected);
  });
});

import { describe, expect, it } from "vitest";
import { addToTimeline, type TimelineEntry } from "../../../lambda/domain/alerting/alert.ts";

describe("addToTimeline", () => {
  it("keeps the first entry and the newest", () => {
    const timeline = Array.from({ length: 60 }).reduce<TimelineEntry[]>(
      (entries, _, index) => addToTimeline(entries, { at: index, what: `entry ${index}` }),
      [],
    );
    expect(timeline).toHaveLength(50);
    expect([timeline[0]?.at, timeline[1]?.at, timeline[49]?.at]).toEqual([0, 11, 59]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClockReading,
  joinClock,
  joinReadings,
  readOn,
  stepInSeconds,
} from "../../../lambda/domain/connection/server-clock.ts";
import type { NumberedEvent } from "../../../lambda/domain/event/numbered-event.ts";

const numbered = (sequenceNumber: number, seconds: number, startTime = "100"): NumberedEvent => ({
  id: `${startTime}-${sequenceNumber}`,
  server: "SIPTS750",
  time: seconds * 1_000_000,
  startTime,
  sequenceNumber,
  pointer: "",
});
const stepsOf = (before: readonly NumberedEvent[], events: readonly NumberedEvent[]) => {
  const { reading } = readOn(undefined, before);
  return readOn(reading, events).steps.map(({ id, by }) => `${id} by ${stepInSeconds(by)}`);
};
const readingOf = (...events: NumberedEvent[]): ClockReading | undefined =>
  events.reduce(
    (reading: ClockReading | undefined, event) =>
      joinReadings(reading, readOn(undefined, [event]).reading),
    undefined,
  );
const micros = (seconds: number) => seconds * 1_000_000;

describe("a step back of a T-Server's clock", () => {
  it.each<[string, string[], NumberedEvent[], NumberedEvent[]]>([
    ["of a second is none", [], [numbered(1, 60)], [numbered(2, 59)]],
    ["of more than a second", ["100-2 by 1.1"], [numbered(1, 60)], [numbered(2, 58.9)]],
    ["within a request", ["100-2 by 62"], [], [numbered(1, 100), numbered(2, 38)]],
    ["within one out of order", ["100-2 by 62"], [], [numbered(2, 38), numbered(1, 100)]],
    [
      "once, not with every later event",
      ["100-2 by 50"],
      [numbered(1, 60)],
      [2, 3, 4].map((n) => numbered(n, 8 + n)),
    ],
    [
      "twice",
      ["100-2 by 10", "100-3 by 10"],
      [numbered(1, 60)],
      [numbered(2, 50), numbered(3, 40)],
    ],
    [
      "in small ones, as soon as it is a second in all",
      ["100-3 by 1.2"],
      [numbered(1, 60)],
      [numbered(2, 59.4), numbered(3, 58.8), numbered(4, 58.2)],
    ],
    [
      "once more, after it had caught up",
      ["100-2 by 10", "100-4 by 11"],
      [numbered(1, 60)],
      [numbered(2, 50), numbered(3, 59.5), numbered(4, 49)],
    ],
    [
      "is none where an event is repeated",
      [],
      [numbered(1, 60), numbered(2, 70)],
      [numbered(1, 60)],
    ],
    ["is none where one comes late", [], [numbered(3, 70)], [numbered(2, 60)]],
    ["is none where the T-Server started again", [], [numbered(9, 60)], [numbered(1, 30, "200")]],
    [
      "is none where it did and an older event comes late",
      [],
      [numbered(1, 90, "200")],
      [numbered(9, 60)],
    ],
    ["is none where all events have one number", [], [numbered(1, 60)], [numbered(1, 30)]],
    ["is none with the first event", [], [], [numbered(7, 60)]],
  ])("%s", (_, expected, before, events) => {
    expect(stepsOf(before, events)).toEqual(expected);
  });
});

describe("a reading of a T-Server's clock", () => {
  it("is the same in any order and with any repetition", () => {
    const event = fc
      .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 100 }))
      .map(([number, seconds]) => numbered(number, seconds));
    fc.assert(
      fc.property(
        fc
          .array(event, { minLength: 1, maxLength: 10 })
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        ([events, shuffled]) => {
          expect(readingOf(...shuffled)).toEqual(readingOf(...events));
        },
      ),
    );
  });

  it("follows the start with the later time", () => {
    const [old, next] = [numbered(9, 60), numbered(1, 61, "200")];
    expect(readingOf(old, next)).toMatchObject({ startTime: "200" });
    expect(readingOf(next, old)).toMatchObject({ startTime: "200" });
  });

  it("goes by time where numbers began again without a start, and takes events of long ago for no step", () => {
    const before = numbered(4_294_967_295, 60);
    const again = numbered(1, 70);
    expect(readingOf(before, again)).toEqual(readingOf(again));
    expect(readingOf(again, before)).toEqual(readingOf(again));
    const longAgo = numbered(2_000_000, 50);
    const { reading, steps } = readOn(readingOf(again), [longAgo]);
    expect({ reading, steps }).toEqual({ reading: readingOf(again), steps: [] });
  });
});

describe("a clock that is back", () => {
  it("had a step at the event at which it became so", () => {
    const tenths = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(tenths, (times) => {
        let clock = joinClock(undefined, readOn(undefined, []), 0);
        for (const [index, time] of times.entries()) {
          const progress = readOn(clock, [numbered(index + 1, time / 10)]);
          const next = joinClock(clock, progress, micros(index));
          if (clock?.back === undefined) {
            expect(progress.steps.length).toBe(next?.back === undefined ? 0 : 1);
          }
          if (progress.steps.length > 0) expect(next).toHaveProperty("back");
          clock = next;
        }
      }),
    );
  });
});

describe("what is known of a T-Server's clock", () => {
  const nothing = { reading: undefined, steps: [] };
  const known = (
    events: readonly NumberedEvent[],
    at: number,
    before = joinClock(undefined, nothing, 0),
  ) => joinClock(before, readOn(before, events), micros(at));
  const before = known([numbered(1, 100)], 100);
  const back = known([numbered(2, 38)], 101, before);

  it("is nothing without numbered events", () => {
    expect(joinClock(undefined, nothing, 5)).toBeUndefined();
    expect(before).not.toHaveProperty("back");
  });

  it("is since when, until when and by how much it is back", () => {
    expect(back?.back).toEqual({ at: micros(101), until: micros(163), by: micros(62) });
  });

  it("has the whole step where the same request has later events", () => {
    expect(known([numbered(2, 38), numbered(3, 50)], 101, before)?.back).toEqual({
      at: micros(101),
      until: micros(151),
      by: micros(62),
    });
  });

  it("does not move while no newer event comes", () => {
    expect(known([], 150, back)).toBe(back);
    expect(known([numbered(2, 38)], 150, back)).toEqual(back);
  });

  it("is corrected by each newer event, and over when it has caught up", () => {
    const later = known([numbered(3, 50)], 120, back);
    expect(later?.back).toEqual({ at: micros(101), until: micros(170), by: micros(62) });
    expect(known([numbered(4, 30)], 130, later)?.back).toEqual({
      at: micros(101),
      until: micros(200),
      by: micros(70),
    });
    expect(known([numbered(4, 98.9)], 160, later)).toHaveProperty("back");
    expect(known([numbered(4, 99)], 160, later)).not.toHaveProperty("back");
  });

  it("is expected back sooner where it was put right in part", () => {
    expect(known([numbered(3, 90)], 110, back)?.back).toEqual({
      at: micros(101),
      until: micros(120),
      by: micros(62),
    });
  });

  it("is over when the T-Server has started again", () => {
    expect(known([numbered(1, 40, "200")], 105, back)).not.toHaveProperty("back");
  });
});

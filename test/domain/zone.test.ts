import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createZone, utc } from "../../lambda/domain/zone.ts";
import { baseTime } from "../support/build-event.ts";

const summer = Date.UTC(2026, 6, 1, 12) * 1000;

describe("a time zone", () => {
  it.each([
    ["America/New_York", baseTime, { day: "2026-11-19", clock: "21:58:00", name: "EST" }],
    ["America/New_York", summer, { day: "2026-07-01", clock: "08:00:00", name: "EDT" }],
    ["Europe/Berlin", baseTime, { day: "2026-11-20", clock: "03:58:00", name: "CET" }],
    ["Australia/Sydney", summer, { day: "2026-07-01", clock: "22:00:00", name: "AEST" }],
    ["Asia/Kolkata", baseTime, { day: "2026-11-20", clock: "08:28:00", name: "IST" }],
    // It has no short name that an English reader knows.
    ["Asia/Tokyo", baseTime, { day: "2026-11-20", clock: "11:58:00", name: "UTC+9" }],
    ["Etc/GMT", baseTime, { day: "2026-11-20", clock: "02:58:00", name: "UTC" }],
    ["UTC", baseTime, { day: "2026-11-20", clock: "02:58:00", name: "UTC" }],
  ])(
    "shows a moment as the clocks there do, under the name that they have there: %s",
    (name, at, expected) => {
      expect(createZone(name)(at)).toEqual(expected);
    },
  );

  it("shows midnight as 00", () => {
    expect(createZone("Europe/Berlin")(Date.UTC(2026, 10, 19, 23) * 1000).clock).toBe("00:00:00");
  });

  it("is UTC where this runtime does not know it: an alert is published all the same", () => {
    expect(createZone("Mars/Olympus")(baseTime)).toEqual(utc(baseTime));
  });

  it("agrees with UTC by way of Intl, too", () => {
    const alsoUtc = createZone("Etc/UTC");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000 }), (seconds) => {
        expect(alsoUtc(seconds * 1_000_000)).toEqual(utc(seconds * 1_000_000));
      }),
      { numRuns: 50 },
    );
  });
});

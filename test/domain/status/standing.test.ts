import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { type Marks, merge } from "../../../lambda/domain/status/merge.ts";
import { confirmedAt, standingOf } from "../../../lambda/domain/status/standing.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";

const second = 1_000_000;
const wholeSecond = Math.floor(baseTime / second) * second;

const standingAfter = (...events: RegistrationEvent[]) => {
  const standing = standingOf(events.reduce<Marks>(merge, {}));
  return standing.status === "registered" ? "registered" : standing.verdict;
};

describe("standingOf", () => {
  it.each<[string, RegistrationEvent[], string]>([
    ["a registration", [registered()], "registered"],
    [
      "a requested end",
      [registered(), unregistered({ time: baseTime + 1, referenceID: 9 })],
      "expected",
    ],
    ["a loss", [registered(), unregistered({ time: baseTime + 1 })], "unexpected"],
    ["a loss before anything else", [unregistered()], "unexpected"],
    ["a requested end before anything else", [unregistered({ referenceID: 9 })], "expected"],
    ["a return", [unregistered(), registered({ time: baseTime + 1 })], "registered"],
    [
      "a clean-up answer after a real loss: not whitewashed",
      [
        registered(),
        unregistered({ time: baseTime + 1 }),
        unregistered({ time: baseTime + 2, referenceID: 9 }),
      ],
      "unexpected",
    ],
    [
      "a requested end after a return",
      [
        unregistered({ time: baseTime - 1 }),
        registered(),
        unregistered({ time: baseTime + 2, referenceID: 9 }),
      ],
      "expected",
    ],
  ])("finds after %s", (_, events, expected) => {
    expect(standingAfter(...events)).toBe(expected);
    expect(standingAfter(...events.toReversed())).toBe(expected);
  });

  it("gives the reason of the loss, not of the clean-up answer", () => {
    const marks = [
      unregistered({ errorCode: 59 }),
      unregistered({ time: baseTime + 2, referenceID: 9 }),
    ].reduce<Marks>(merge, {});
    expect(standingOf(marks)).toMatchObject({ time: baseTime, cause: { errorCode: 59 } });
  });

  describe("within one second", () => {
    it.each<[string, RegistrationEvent, RegistrationEvent, string]>([
      [
        "lets the loss win where its time has whole seconds only",
        registered({ time: wholeSecond + 500_000 }),
        unregistered({ time: wholeSecond }),
        "unexpected",
      ],
      [
        "lets the loss win where the registration's time has whole seconds only",
        registered({ time: wholeSecond }),
        unregistered({ time: wholeSecond + 500_000 }),
        "unexpected",
      ],
      [
        "lets the loss win where both have whole seconds only",
        registered({ time: wholeSecond }),
        unregistered({ time: wholeSecond }),
        "unexpected",
      ],
      [
        "believes the T-Server's numbers where both have one",
        registered({ time: wholeSecond, sequenceNumber: 8 }),
        unregistered({ time: wholeSecond, sequenceNumber: 7 }),
        "registered",
      ],
      [
        "believes those numbers against the registration, too",
        registered({ time: wholeSecond, sequenceNumber: 7 }),
        unregistered({ time: wholeSecond, sequenceNumber: 8 }),
        "unexpected",
      ],
      [
        "goes by microseconds where both have them",
        registered({ time: wholeSecond + 500_000 }),
        unregistered({ time: wholeSecond + 499_999 }),
        "registered",
      ],
      [
        "goes by ReferenceID at the same microsecond",
        registered({ referenceID: 10 }),
        unregistered({ referenceID: 9 }),
        "registered",
      ],
      [
        "lets the unregistration win at the same position",
        registered({ referenceID: 9 }),
        unregistered({ referenceID: 9 }),
        "expected",
      ],
      [
        "keeps out of the next second",
        registered({ time: wholeSecond + second }),
        unregistered({ time: wholeSecond }),
        "registered",
      ],
    ])("%s", (_, one, other, expected) => {
      expect(standingAfter(one, other)).toBe(expected);
      expect(standingAfter(other, one)).toBe(expected);
    });
  });

  it("reads marks without an event as a loss without a cause", () => {
    expect(standingOf({})).toMatchObject({
      status: "unregistered",
      verdict: "unexpected",
      time: 0,
    });
  });
});

describe("confirmedAt", () => {
  it("is the time of the newest event of any kind", () => {
    const marks = [registered(), unregistered({ time: baseTime + 7 })].reduce<Marks>(merge, {});
    expect(confirmedAt(marks)).toBe(baseTime + 7);
    expect(confirmedAt({})).toBe(0);
  });
});

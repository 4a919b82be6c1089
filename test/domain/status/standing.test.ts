import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { type Marks, merge } from "../../../lambda/domain/status/merge.ts";
import { confirmedAt, isRetired, standingOf } from "../../../lambda/domain/status/standing.ts";
import { arbitraryEvent, arbitraryHistory } from "../../support/arbitrary-event.ts";
import { baseTime, missed, registered, retired, unregistered } from "../../support/build-event.ts";

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
        "lets the loss win where both have the same number",
        registered({ time: wholeSecond, sequenceNumber: 7 }),
        unregistered({ time: wholeSecond, sequenceNumber: 7 }),
        "unexpected",
      ],
      [
        "lets the loss win where it has no number",
        registered({ time: wholeSecond, sequenceNumber: 8 }),
        unregistered({ time: wholeSecond }),
        "unexpected",
      ],
      [
        "uses microseconds where both have them",
        registered({ time: wholeSecond + 500_000 }),
        unregistered({ time: wholeSecond + 499_999 }),
        "registered",
      ],
      [
        "uses ReferenceID at the same microsecond",
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
        "does not reach into the next second",
        registered({ time: wholeSecond + second }),
        unregistered({ time: wholeSecond }),
        "registered",
      ],
    ])("%s", (_, one, other, expected) => {
      expect(standingAfter(one, other)).toBe(expected);
      expect(standingAfter(other, one)).toBe(expected);
    });
  });

  describe("after a reconnect", () => {
    const since = baseTime;
    const early = { time: baseTime - 20_000_000 };

    it.each<[string, RegistrationEvent[], string]>([
      ["a registration is missed", [registered(early), missed()], "unexpected"],
      ["it is made again", [missed(), registered({ time: baseTime + 1 })], "registered"],
      [
        "it was made again in that session, by a T-Server whose clock is behind",
        [registered({ ...early, session: since }), missed()],
        "registered",
      ],
      [
        "it was made again in a later session, by a T-Server whose clock is behind",
        [registered({ ...early, session: since + 1 }), missed()],
        "registered",
      ],
      [
        "it was made in the session after a disconnect, by a T-Server whose clock is behind",
        [registered({ ...early, session: since + 1 }), missed({ derived: "disconnect" })],
        "registered",
      ],
      [
        "it was made in the session before",
        [registered({ ...early, session: since - 1 }), missed()],
        "unexpected",
      ],
      [
        "a disconnect came at the very time at which a session began",
        [registered({ ...early, session: since }), missed({ derived: "disconnect" })],
        "unexpected",
      ],
      [
        "a loss lies between the registration and the time that the bridge gave",
        [
          registered({ ...early, session: since }),
          unregistered({ time: early.time + 5 }),
          missed(),
        ],
        "unexpected",
      ],
      [
        "it was unregistered on request in between",
        [
          registered({ ...early, session: since }),
          unregistered({ time: early.time + 5, referenceID: 9 }),
          missed(),
        ],
        "expected",
      ],
    ])("finds the true standing where %s", (_, events, expected) => {
      expect(standingAfter(...events)).toBe(expected);
      expect(standingAfter(...events.toReversed())).toBe(expected);
    });

    it.each<[number, object]>([
      [5, { errorCode: 59 }],
      [-5, { derived: { from: "reconnect", at: baseTime } }],
    ])("gives the newer of two reasons, a loss %i µs later", (offset, cause) => {
      const loss = unregistered({ time: baseTime + offset, errorCode: 59 });
      const marks = [missed(), loss, registered(early)].reduce<Marks>(merge, {});
      expect(standingOf(marks)).toMatchObject({ cause });
    });

    it("never hides a loss that the T-Server reported as later than the registration", () => {
      const secondOf = ({ time }: { time: number }) => Math.floor(time / second);
      fc.assert(
        fc.property(arbitraryHistory(arbitraryEvent, 12), (history) => {
          const standing = standingOf(history.reduce<Marks>(merge, {}));
          const reported = history.filter(
            ({ event, derived }) => event === "EventUnregistered" && derived === undefined,
          );
          const later = reported.filter((event) => secondOf(event) > secondOf(standing));
          expect(standing.status === "registered" ? later : []).toEqual([]);
        }),
        { numRuns: 2000 },
      );
    });

    it("gives the reason of a refusal", () => {
      const marks = merge(
        merge({}, registered(early)),
        missed({ derived: "refused", errorCode: 5 }),
      );
      const derived = { from: "refused", at: baseTime };
      expect(standingOf(marks)).toMatchObject({ time: baseTime, cause: { errorCode: 5, derived } });
    });
  });

  describe("once retired", () => {
    it.each<[string, RegistrationEvent[], boolean]>([
      ["stays retired", [registered(), retired({ time: baseTime + 1 })], true],
      [
        "stays retired whatever is lost later",
        [retired(), unregistered({ time: baseTime + 9 })],
        true,
      ],
      [
        "does not come back by an older event",
        [retired(), registered({ time: baseTime - 1 })],
        true,
      ],
      ["comes back by a newer event", [retired(), registered({ time: baseTime + 1 })], false],
      ["is shown where it cannot be known", [retired(), registered()], false],
      ["was never retired without a retirement", [registered()], false],
    ])("%s", (_, events, expected) => {
      for (const order of [events, events.toReversed()]) {
        expect(isRetired(order.reduce<Marks>(merge, {}))).toBe(expected);
      }
    });

    it("reads as an end that was requested", () => {
      const marks = merge(merge({}, unregistered()), retired({ time: baseTime + 1 }));
      expect(standingOf(marks)).toMatchObject({
        status: "unregistered",
        verdict: "expected",
        cause: { retiredAt: baseTime + 1 },
      });
    });
  });

  it("reads marks without an event as a loss without a cause", () => {
    expect(standingOf({})).toMatchObject({
      status: "unregistered",
      verdict: "unexpected",
      id: "",
      time: 0,
    });
  });
});

describe("confirmedAt", () => {
  it("is the time of the newest event of any kind", () => {
    const marks = [registered(), unregistered({ time: baseTime + 7 })].reduce<Marks>(merge, {});
    expect(confirmedAt(marks)).toBe(baseTime + 7);
    expect(confirmedAt(merge(marks, missed({ time: baseTime + 8 })))).toBe(baseTime + 8);
    expect(confirmedAt({})).toBe(0);
  });

  it("is the time of a retirement only where there is no other event", () => {
    const marks = merge({}, retired());
    expect(confirmedAt(marks)).toBe(baseTime);
    expect(confirmedAt(merge(marks, registered({ time: baseTime - 9 })))).toBe(baseTime - 9);
  });
});

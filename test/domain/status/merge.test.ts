import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { isPartOf, joinMarks, type Marks, merge } from "../../../lambda/domain/status/merge.ts";
import { standingOf } from "../../../lambda/domain/status/standing.ts";
import { arbitraryEvent, arbitraryHistory } from "../../support/arbitrary-event.ts";
import { baseTime, missed, registered, retired, unregistered } from "../../support/build-event.ts";

const histories = arbitraryHistory(arbitraryEvent, 12);
const shuffledTwice = histories.chain((history) =>
  fc.record({
    history: fc.constant(history),
    // Any order, any repetitions, nothing missing.
    other: fc
      .array(fc.constantFrom(...history), { maxLength: 8 })
      .chain((again) =>
        fc.shuffledSubarray([...history, ...again], { minLength: history.length + again.length }),
      ),
  }),
);
const mergeAll = (history: readonly RegistrationEvent[]): Marks => history.reduce<Marks>(merge, {});

describe("merge", () => {
  it("ends in the same marks, verdict and reason whatever the order and the repetitions", () => {
    fc.assert(
      fc.property(shuffledTwice, ({ history, other }) => {
        expect(mergeAll(other)).toEqual(mergeAll(history));
        expect(standingOf(mergeAll(other))).toEqual(standingOf(mergeAll(history)));
      }),
      { numRuns: 2000 },
    );
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(histories, arbitraryEvent, (history, event) => {
        const once = merge(mergeAll(history), event);
        expect(merge(once, event)).toEqual(once);
      }),
    );
  });

  it("is commutative", () => {
    fc.assert(
      fc.property(histories, arbitraryEvent, arbitraryEvent, (history, a, b) => {
        const marks = mergeAll(history);
        expect(merge(merge(marks, a), b)).toEqual(merge(merge(marks, b), a));
      }),
    );
  });

  it("is associative: joining two halves through their marks loses nothing", () => {
    fc.assert(
      fc.property(histories, histories, (left, right) => {
        const whole = mergeAll([...left, ...right]);
        expect(joinMarks(mergeAll(left), mergeAll(right))).toEqual(whole);
        expect(joinMarks(whole, mergeAll(right))).toEqual(whole);
      }),
    );
  });

  it("keeps the greater session of an event that came in several", () => {
    const sessions = [undefined, baseTime + 2, baseTime + 1];
    for (const order of [sessions, sessions.toReversed()]) {
      const marks = mergeAll(order.map((session) => registered({ session })));
      expect(marks.registered?.session).toBe(baseTime + 2);
    }
  });

  it("records a session for registrations only", () => {
    expect(mergeAll([unregistered({ session: baseTime })]).lost).not.toHaveProperty(
      "session",
      baseTime,
    );
  });

  it.each<[string, RegistrationEvent, (keyof Marks)[]]>([
    ["a registration that was missed after a reconnect", missed(), ["missed"]],
    [
      "one that was missed after a disconnect, whatever its ReferenceID",
      missed({ derived: "disconnect", referenceID: 5 }),
      ["missed"],
    ],
    ["a refused one", missed({ derived: "refused", errorCode: 59 }), ["unregistered", "lost"]],
    ["a retired one", retired(), ["retired"]],
  ])("keeps %s as the newest of its kind", (_, event, kinds) => {
    const marks = merge({}, event);
    expect(Object.entries(marks).flatMap(([kind, mark]) => (mark ? [kind] : []))).toEqual(kinds);
    expect(mergeAll([event, { ...event, id: "older", time: baseTime - 1 }])).toEqual(marks);
  });

  it("cuts an ErrorMessage to 200 characters", () => {
    const { lost } = merge({}, unregistered({ errorMessage: "x".repeat(300) }));
    expect(lost?.errorMessage).toHaveLength(200);
    const emoji = merge({}, unregistered({ errorMessage: "😀".repeat(300) }));
    expect(emoji.lost?.errorMessage).toBe("😀".repeat(200));
  });
});

describe("isPartOf", () => {
  it.each([
    ["the newest registration", registered(), true],
    ["the newest unregistration", unregistered({ time: baseTime + 1, referenceID: 5 }), true],
    ["the newest loss", unregistered({ time: baseTime - 5 }), true],
    ["the newest registration that was missed", missed(), true],
    ["the newest retirement", retired(), true],
    ["an older registration", registered({ time: baseTime - 9 }), false],
  ])("knows %s", (_, event, expected) => {
    const history = [
      registered({ time: baseTime - 9 }),
      registered(),
      unregistered({ time: baseTime + 1, referenceID: 5 }),
      unregistered({ time: baseTime - 5 }),
      missed(),
      retired(),
    ];
    expect(isPartOf(mergeAll(history), event)).toBe(expected);
  });

  it("finds nothing where there are no marks", () => {
    expect(isPartOf(undefined, registered())).toBe(false);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { compareMarks } from "../../../lambda/domain/status/mark.ts";
import { joinMarks, type Marks, merge } from "../../../lambda/domain/status/merge.ts";
import { standingOf } from "../../../lambda/domain/status/standing.ts";
import { arbitraryEndOrReturn } from "../../support/arbitrary-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const second = 1_000_000;
const whole = Math.floor(baseTime / second) * second;
const at = (micros: number) => ({ time: whole + micros });

type Events = readonly RegistrationEvent[];
const marksOf = (events: Events): Marks => events.reduce<Marks>(merge, {});
const read = (marks: Marks) => {
  const standing = standingOf(marks);
  return standing.status === "registered" ? "registered" : standing.verdict;
};

const isMissed = ({ derived }: RegistrationEvent) =>
  derived === "reconnect" || derived === "disconnect";
const isAsked = ({ referenceID, errorCode, derived }: RegistrationEvent) =>
  referenceID !== undefined && errorCode === undefined && derived === undefined;
const secondOf = ({ time }: RegistrationEvent) => Math.floor(time / second);
const precisionOf = ({ time, sequenceNumber }: RegistrationEvent) => {
  if (time % second !== 0) return "microseconds";
  return sequenceNumber === undefined ? "a whole second" : "a whole second and a number";
};
const positionOf = ({ time, sequenceNumber = -1, referenceID = -1 }: RegistrationEvent) => [
  time,
  sequenceNumber,
  referenceID,
];
const isGreater = (a: readonly number[], b: readonly number[]): boolean => {
  const index = a.findIndex((one, place) => one !== b[place]);
  return index >= 0 && Number(a[index]) > Number(b[index]);
};
const renews = ({ session = 0 }: RegistrationEvent, { derived, time }: RegistrationEvent) =>
  (derived === "reconnect" && session >= time) || (derived === "disconnect" && session > time);

/** The rule for two events, in the words of ADR 0021. */
const isLater = (one: RegistrationEvent, end: RegistrationEvent): boolean => {
  if (renews(one, end)) return true;
  if (secondOf(one) !== secondOf(end)) return one.time > end.time;
  if (precisionOf(end) !== "microseconds") {
    return end.sequenceNumber !== undefined && (one.sequenceNumber ?? -1) > end.sequenceNumber;
  }
  return precisionOf(one) === "microseconds" && isGreater(positionOf(one), positionOf(end));
};

/** The rule for a registration and all ends of a kind: later than each, and than none of a second of mixed precision. */
const isLaterThanAll = (one: RegistrationEvent | undefined, ends: Events): boolean => {
  if (one === undefined) return ends.length === 0;
  const unrenewed = ends.filter((end) => !renews(one, end));
  const precisions = new Set(
    (unrenewed.length === 0 ? [] : ends)
      .filter((end) => secondOf(end) === secondOf(one))
      .map(precisionOf),
  );
  return ends.every((end) => isLater(one, end)) && precisions.size < 2;
};

const newestOf = (events: Events): RegistrationEvent | undefined =>
  events.toSorted((a, b) => compareMarks(b, a))[0];

/** What events read as, from all of them, without any mark. */
const judge = (events: Events): string => {
  const one = newestOf(events.filter(({ event }) => event === "EventRegistered"));
  const ends = events.filter(({ event }) => event === "EventUnregistered");
  const missed = ends.filter(isMissed);
  const ended = ends.filter((end) => !isMissed(end));
  const lost = ended.filter((end) => !isAsked(end));
  if (!isLaterThanAll(one, lost) || !isLaterThanAll(one, missed)) return "unexpected";
  if (isLaterThanAll(one, ended)) return "registered";
  const newest = newestOf(ended);
  return newest === undefined || isAsked(newest) ? "expected" : "unexpected";
};

const histories = fc.array(arbitraryEndOrReturn, { minLength: 1, maxLength: 7 });

describe("a registration within a second of ends of different precision", () => {
  const R = registered(at(200_000));
  const vague = unregistered(at(0));
  const precise = unregistered(at(100_000));

  it("does not become greener by one more loss", () => {
    expect(read(marksOf([vague, R]))).toBe("unexpected");
    expect(read(marksOf([vague, precise, R]))).toBe("unexpected");
    expect(read(marksOf([precise, R]))).toBe("registered");
  });

  it.each<[string, RegistrationEvent[], string]>([
    [
      "numbers of whole seconds decide among themselves",
      [unregistered({ ...at(0), sequenceNumber: 7 }), registered({ ...at(0), sequenceNumber: 8 })],
      "registered",
    ],
    [
      "they decide for a registration with microseconds, too",
      [unregistered({ ...at(0), sequenceNumber: 7 }), registered({ ...at(9), sequenceNumber: 8 })],
      "registered",
    ],
    [
      "a registration's whole second loses against microseconds, whatever the numbers",
      [unregistered({ ...at(9), sequenceNumber: 7 }), registered({ ...at(0), sequenceNumber: 8 })],
      "unexpected",
    ],
    [
      "a later second is later than all of them",
      [vague, precise, registered(at(second))],
      "registered",
    ],
    [
      "the newest end by its time gives verdict and reason",
      [unregistered({ ...at(0), referenceID: 5 }), precise, R],
      "unexpected",
    ],
  ])("reads by the rule: %s", (_, events, expected) => {
    expect(read(marksOf(events))).toBe(expected);
    expect(read(marksOf(events.toReversed()))).toBe(expected);
  });

  it("reads as the rule for each pair says, whatever the history", () => {
    fc.assert(
      fc.property(histories, (events) => {
        expect(read(marksOf(events))).toBe(judge(events));
      }),
      { numRuns: 3000 },
    );
  });

  it.each<[string, (event: RegistrationEvent) => boolean, readonly string[]]>([
    ["registered by one more end", () => true, ["registered"]],
    ["greener at all by one more loss", (event) => !isAsked(event), ["registered", "expected"]],
  ])("never becomes %s", (_, isChosen, greener) => {
    fc.assert(
      fc.property(histories, fc.nat(), (events, index) => {
        const ends = events.filter((one) => one.event === "EventUnregistered" && isChosen(one));
        const left = events.filter((one) => one.id !== ends[index % ends.length]?.id);
        const [now, without] = [events, left].map((some) => read(marksOf(some)));
        fc.pre(left.length > 0 && greener.includes(now ?? ""));
        expect(greener.slice(0, greener.indexOf(now ?? "") + 1)).toContain(without);
      }),
      { numRuns: 3000 },
    );
  });

  it("joins marks in any order, any grouping and any repetition", () => {
    fc.assert(
      fc.property(histories, histories, histories, (left, middle, right) => {
        const [a, b, c] = [marksOf(left), marksOf(middle), marksOf(right)];
        expect(joinMarks(a, a)).toEqual(a);
        expect(joinMarks(a, b)).toEqual(joinMarks(b, a));
        expect(joinMarks(joinMarks(a, b), c)).toEqual(joinMarks(a, joinMarks(b, c)));
        expect(joinMarks(a, joinMarks(b, a))).toEqual(marksOf([...middle, ...left]));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a status that learns of an end of another precision", () => {
  const R = registered(at(200_000));
  const precise = unregistered(at(100_000));
  const vague = unregistered(at(0));

  it("is written, and published where it is a loss now", () => {
    const before = statusAfter(precise, R);
    const after = advance(before, [vague], baseTime);
    expect(after).toMatchObject({ revision: 3, changed: true, statusSince: whole });
    expect(after.alertId).toBe(`alert-${precise.id}`);
    expect(advance(after, [vague], baseTime)).toBe(after);
  });

  it.each([
    [[R, precise, vague]],
    [[vague, precise, R]],
    [[precise, vague, R]],
    [[R, vague, precise]],
    [[vague, R, precise]],
  ])("has been unregistered since one of them, in any order", ([first, ...more]) => {
    const { statusSince } = statusAfter(first ?? R, ...more);
    expect([vague.time, precise.time]).toContain(statusSince);
  });
});

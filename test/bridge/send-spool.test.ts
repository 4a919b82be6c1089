import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { SourceEvent } from "../../bridge/source-event.ts";
import { rawRegistered, rawUnregistered } from "../support/build-event.ts";
import {
  type Answer,
  applyAll,
  playScenario,
  type Scenario,
  type SentRequest,
} from "./support/send-scenario.ts";

/** An event, and the registration that it is about; undefined: more than one, or the connection. */
type Known = { readonly event: SourceEvent; readonly about: string | undefined };

const ofDN = (id: number, dn: number): Known => {
  const raw = id % 3 === 0 ? rawUnregistered() : rawRegistered();
  const text = JSON.stringify({ ...raw, ThisDN: `${dn}`, ReferenceID: id });
  return { about: `${dn}`, event: { text, where: `f:${id}`, form: "json" } };
};
const ofLink = (id: number): Known => {
  const raw = rawUnregistered({ Event: "EventLinkDisconnected", ReferenceID: id });
  return {
    about: undefined,
    event: { text: JSON.stringify(raw), where: `f:${id}`, form: "json" },
  };
};
const ofSession = (id: number, dn: number): Known => {
  const { event } = ofDN(id, dn);
  return { about: undefined, event: { ...event, serverName: "SIPTS750", session: '{"id":"1"}' } };
};
const many = (count: number, dns: number): Known[] =>
  Array.from({ length: count }, (_, index) => ofDN(index + 1, index % dns));

const eventsOf = (known: readonly Known[]): SourceEvent[] => known.map(({ event }) => event);
const idsOf = (known: readonly Known[]): number[] => known.map((_, index) => index + 1);

const numbers = (minLength: number, maxLength: number) =>
  fc.array(fc.noBias(fc.nat(9_999)), { minLength, maxLength, size: "max" });

/** Mostly DN after DN, in turns; now and then another one, or what is about many. */
const arbitraryKnown: fc.Arbitrary<Known[]> = fc
  .record({
    numbers: fc.oneof(
      { weight: 1, arbitrary: numbers(1, 130) },
      { weight: 5, arbitrary: numbers(230, 400) },
    ),
    dns: fc.constantFrom(3, 130, 170, 250, 500, 500),
    strays: fc.constantFrom(0, 0, 0, 20, 9_999),
    unbounded: fc.constantFrom(0, 0, 0, 20, 60),
  })
  .map(({ numbers, dns, strays, unbounded }) =>
    numbers.map((number, index) => {
      const dn = number < strays ? number % dns : index % dns;
      if (number >= unbounded) return ofDN(index + 1, dn);
      return number % 2 === 0 ? ofLink(index + 1) : ofSession(index + 1, dn);
    }),
  );

type Course = Pick<Scenario, "requestsAtOnce" | "picks"> & {
  readonly known: readonly Known[];
  readonly pieceSize: number;
};
const arbitraryCourse: fc.Arbitrary<Course> = fc.record({
  known: arbitraryKnown,
  requestsAtOnce: fc.constantFrom(1, 2, 2, 3, 3),
  pieceSize: fc.constantFrom(70, 1_000, 1_000),
  picks: fc.array(fc.nat(2), { minLength: 2, maxLength: 8 }),
});

const cut = (events: readonly SourceEvent[], size: number): SourceEvent[][] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, index) =>
    events.slice(index * size, (index + 1) * size),
  );
const scenarioOf = (
  { known, requestsAtOnce, pieceSize, picks }: Course,
  answer: Answer = applyAll,
): Scenario => ({ requestsAtOnce, picks, answer, pieces: cut(eventsOf(known), pieceSize) });

/** Pairs of events that were not sent one after the other although they had to be. */
const outOfOrder = (known: readonly Known[], requests: readonly SentRequest[]) => {
  const isBound = (a: number, b: number): boolean => {
    const [one, other] = [known[a - 1]?.about, known[b - 1]?.about];
    return one === undefined || other === undefined || one === other;
  };
  return requests.flatMap(({ ids, beside, open }) => {
    const own = new Set(ids);
    const others = open.filter((id) => !own.has(id));
    return ids.flatMap((id) =>
      [...others.filter((other) => other < id), ...beside.flat()]
        .filter((other) => isBound(other, id))
        .map((other) => [other, id]),
    );
  });
};

/** Outcomes of the spool's first events, in order. */
const applied = (ids: readonly number[]) => ids.map((id) => [id, `applied ${id}`]);

describe("sending a spool", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "send-spool-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const play = (scenario: Scenario) => playScenario(folder, scenario);
  const check = <Value>(
    arbitrary: fc.Arbitrary<Value>,
    property: (value: Value) => Promise<void>,
  ) =>
    fc.assert(
      fc
        .asyncProperty(arbitrary, property)
        // A failed run leaves something for the next one.
        .beforeEach(() => rmSync(folder, { recursive: true, force: true })),
      // What is left of the time is for a smaller example of a failure.
      { numRuns: 50, interruptAfterTimeLimit: 30_000 },
    );

  it.each([
    ["200 events of 200 DNs", many(200, 200), 2, [[100], [100, 100]]],
    ["the same one by one", many(200, 200), 1, [[100], [100]]],
    ["300 events of 300 DNs", many(300, 300), 2, [[100], [100, 100], [100, 100]]],
    ["three requests at once", many(300, 300), 3, [[100], [100, 100], [100, 100, 100]]],
    ["what only the oldest holds back", many(300, 200), 3, [[100], [100, 100], [100, 100]]],
    ["events of one DN", many(200, 1), 2, [[100], [100]]],
    ["a second request of 25", many(125, 125), 2, [[100], [25, 100]]],
    ["no second request of 24", many(124, 124), 2, [[100], [24]]],
    ["what comes before the same DN again", many(200, 130), 2, [[100], [30, 100], [70, 30]]],
    ["nothing beside a lost link", [ofLink(1), ...many(200, 200).slice(1)], 2, [[100], [100]]],
    [
      "nothing of a session beside others",
      many(200, 200).map((one, index) => (index < 100 ? one : ofSession(index + 1, index))),
      2,
      [[100], [100]],
    ],
    [
      "a second request as full as what is still read makes it",
      many(200, 200),
      2,
      [[100], [100]],
      130,
    ],
  ])("sends %s", async (_, known, requestsAtOnce, expected, pieceSize = 1_000) => {
    const course = { known, requestsAtOnce, pieceSize, picks: [0] };
    const { requests, told, error } = await play(scenarioOf(course));
    const sizes = requests.map(({ ids, beside }) => [ids.length, ...beside.map((b) => b.length)]);
    expect(sizes).toEqual(expected);
    expect(told).toEqual(applied(idsOf(known)));
    expect(error).toBeUndefined();
  });

  it.each([
    ["settles what was answered", 2, [true, true], 200],
    ["keeps what was answered behind what was not", 2, [false, true], 0],
    ["keeps it too behind what it settles", 3, [true, false, true], 100],
  ])("ended early, %s", async (_, requestsAtOnce, answered, settled) => {
    const course = { known: many(300, 300), requestsAtOnce, pieceSize: 1_000, picks: [0] };
    const left = [...answered];
    const answer: Answer = (ids, isEnding) =>
      left.shift() === true ? applyAll(ids, isEnding) : { kind: "stopped" };
    const { told, waiting } = await play({ ...scenarioOf(course, answer), endAt: 0 });
    expect(told).toEqual(applied(idsOf(many(settled, 300))));
    expect(waiting).toHaveLength(300 - settled);
  });

  it("delivers each event once, and tells its outcome in the order of the spool", async () => {
    await check(arbitraryCourse, async (course) => {
      const { requests, told, learned, waiting, error } = await play(scenarioOf(course));
      const ids = idsOf(course.known);
      expect(requests.flatMap((request) => request.ids)).toEqual(ids);
      expect(told).toEqual(applied(ids));
      expect(learned).toEqual(told);
      expect(waiting).toEqual([]);
      expect(error).toBeUndefined();
    });
  });

  it("keeps the order of each registration, with as many requests under way as it may", async () => {
    await check(arbitraryCourse, async (course) => {
      const { requests, hasLost } = await play(scenarioOf(course));
      expect(outOfOrder(course.known, requests)).toEqual([]);
      const most = Math.max(...requests.map(({ beside }) => beside.length + 1));
      expect(most).toBeLessThanOrEqual(course.requestsAtOnce);
      expect(hasLost).toBe(false);
    });
  });

  it("keeps it too where requests are refused and halved, and tells each event once", async () => {
    const arbitrary = fc.tuple(arbitraryCourse, fc.array(fc.integer({ min: 1, max: 350 })));
    await check(arbitrary, async ([course, spoilt]) => {
      const refuse: Answer = (ids, isEnding) =>
        ids.some((id) => spoilt.includes(id))
          ? { kind: "refused", why: "spoilt" }
          : applyAll(ids, isEnding);
      const { requests, told, waiting, hasLost } = await play(scenarioOf(course, refuse));
      const ids = idsOf(course.known);
      const outcome = (id: number) => (spoilt.includes(id) ? "spoilt" : `applied ${id}`);
      expect(told).toEqual(ids.map((id) => [id, outcome(id)]));
      expect(outOfOrder(course.known, requests)).toEqual([]);
      expect(Math.max(...requests.map(({ beside }) => beside.length))).toBeLessThan(
        course.requestsAtOnce,
      );
      expect(waiting).toEqual([]);
      expect(hasLost).toBe(false);
    });
  });

  it("keeps what has no answer where it is ended, and sends exactly that the next time", async () => {
    const arbitrary = fc.tuple(
      arbitraryCourse,
      fc.nat(4),
      fc.array(fc.boolean(), { minLength: 2 }),
    );
    await check(arbitrary, async ([course, endAt, stops]) => {
      let ended = 0;
      const stop: Answer = (ids, isEnding) => {
        if (isEnding) ended += 1;
        return isEnding && stops[ended - 1] !== false ? { kind: "stopped" } : applyAll(ids, true);
      };
      // Everything is in the spool, so that what is missing there was lost.
      const whole = { ...course, pieceSize: 1_000 };
      const first = await play({ ...scenarioOf(whole, stop), endAt });
      const ids = idsOf(course.known);
      expect(first.error).toBeUndefined();
      expect(first.hasLost).toBe(false);
      expect(first.waiting).toEqual(ids.slice(first.told.length));
      const second = await play(scenarioOf({ ...course, known: [] }));
      expect(second.requests.flatMap((request) => request.ids)).toEqual(first.waiting);
      expect([...first.told, ...second.told]).toEqual(applied(ids));
    });
  });

  it("fails with a delivery that fails, and keeps its events", async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const arbitrary = fc.tuple(arbitraryCourse, fc.nat(349));
    await check(arbitrary, async ([course, number]) => {
      const ids = idsOf(course.known);
      const broken = (number % ids.length) + 1;
      const failure = new Error("broken");
      const fail: Answer = (some, isEnding) =>
        some.includes(broken) ? failure : applyAll(some, isEnding);
      const { told, waiting, error, hasLost } = await play(
        scenarioOf({ ...course, pieceSize: 1_000 }, fail),
      );
      expect(error).toBe(failure);
      expect(told).toEqual(applied(ids.slice(0, told.length)));
      expect(waiting).toEqual(ids.slice(told.length));
      expect(waiting).toContain(broken);
      expect(hasLost).toBe(false);
    });
    await setImmediate();
    expect(unhandled).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import type { HistoryRow } from "../../../lambda/domain/status/history-row.ts";
import { compareMarks } from "../../../lambda/domain/status/mark.ts";
import { findPastStatus, type PastStatus } from "../../../lambda/domain/status/past-status.ts";
import { toPastRegistration } from "../../../lambda/domain/status/registration.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { eventsOf, replay } from "../../../lambda/domain/status/replay.ts";
import { formatTime } from "../../../lambda/domain/time.ts";
import { arbitraryEvent, arbitraryHistory } from "../../support/arbitrary-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { type Events, receiptOf, rowsOf, shown, statusOf } from "../../support/past-history.ts";

const names = ["bridge-a", "bridge-b", "bridge-c"];

const named = (event: RegistrationEvent, application: string): RegistrationEvent => ({
  ...event,
  application,
  id: `${application} ${event.id}`,
});
const arbitraryOf = (names: readonly string[]) =>
  fc.tuple(arbitraryEvent, fc.constantFrom(...names)).map(([event, name]) => named(event, name));
// Each once: of an event that came again in a later session, the history has the first coming.
const arbitraryOfOneDn = (names: readonly string[], maxLength: number) =>
  fc.uniqueArray(arbitraryOf(names), { minLength: 1, maxLength, selector: ({ id }) => id });

/** Without what depends on the order of arrival where a gap came to light late. */
const withoutBeginnings = (status: PastStatus) => {
  const { statusSince: _, applications, ...registration } = shown(status);
  return {
    ...registration,
    applications: applications.map(({ statusSince: __, ...application }) => application),
  };
};

/** Of two retirements the later one arrives later: each has our clock's time. */
const withRetirementsInOrder = (events: Events): Events => {
  const retirements = events
    .filter(({ event }) => event === "Retired")
    .toSorted((a, b) => b.time - a.time);
  return events.map((one) => (one.event === "Retired" ? (retirements.pop() ?? one) : one));
};

type Scene = { events: Events; at: number; status: RegistrationStatus; rows: HistoryRow[] };
const sceneOf = (events: Events, index: number): Scene => {
  const { time: at = 0 } = events[index % events.length] ?? {};
  const rows = rowsOf(events).filter(({ time }) => time <= at);
  return { events, at, status: statusOf(events), rows };
};

/** What is found from each part of the history, the newest first; the last part is all of it. */
const findFromEachPart = ({ at, status, rows }: Scene) =>
  [...rows, { time: Number.NEGATIVE_INFINITY }].map(({ time }, read) =>
    findPastStatus(status, rows.slice(0, read), { at, from: time }),
  );

const replayAll = ({ events, at }: Scene): PastStatus | "absent" => {
  const then = events.filter(({ time }) => time <= at);
  const [whole] = replay(then.map((event) => ({ event, receivedAt: receiptOf(event) })));
  return whole ?? "absent";
};

/** Expects a replay of everything from every part of the history; counts those that were less than all of it. */
const expectReplay = (
  scene: Scene,
  show: (status: PastStatus) => object = shown,
  whole = replayAll(scene),
): number => {
  const showPast = (past: PastStatus | "absent") => (past === "absent" ? past : show(past));
  const expected = showPast(whole);
  const found = findFromEachPart(scene);
  expect(found.at(-1)).toBeDefined();
  const settled = found.filter((past) => past !== undefined);
  for (const past of settled) expect(showPast(past)).toEqual(expected);
  return settled.length - 1;
};

describe("findPastStatus", () => {
  it.each([1, 2, 3])("finds what a replay of everything finds, with %i applications", (count) => {
    let settledEarly = 0;
    fc.assert(
      fc.property(arbitraryOfOneDn(names.slice(0, count), 14), fc.nat(), (history, index) => {
        settledEarly += expectReplay(sceneOf(history.toSorted(compareMarks), index));
      }),
      { numRuns: 1_000 },
    );
    expect(settledEarly).toBeGreaterThan(800);
  });

  it("finds it where a registration came again in another session, as long as something shows that", () => {
    let [remembered, settledEarly] = [0, 0];
    const comingOf = ({ id, session }: RegistrationEvent): string => `${id} ${session}`;
    fc.assert(
      fc.property(arbitraryHistory(arbitraryOf(names), 8), fc.nat(), (history, index) => {
        const scene = sceneOf(withRetirementsInOrder(history), index);
        const { events, status, rows, at } = scene;
        const known = new Set(
          [...eventsOf(status).map(({ event }) => event), ...rows].map(comingOf),
        );
        const isShown = events.every((one) => one.time > at || known.has(comingOf(one)));
        remembered += Number(isShown);
        const whole = isShown ? replayAll(scene) : findFromEachPart(scene).at(-1);
        settledEarly += expectReplay(scene, withoutBeginnings, whole);
      }),
      { numRuns: 2_000 },
    );
    expect(remembered).toBeGreaterThan(500);
    expect(settledEarly).toBeGreaterThan(1_000);
  });

  it("finds the same status, verdict and reason in whatever order the events arrived", () => {
    fc.assert(
      fc.property(arbitraryOfOneDn(names, 14), fc.nat(), (history, index) => {
        expectReplay(sceneOf(withRetirementsInOrder(history), index), withoutBeginnings);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe("a look that ends in the second which decides", () => {
  const second = 1_000_000;
  const start = Math.floor(baseTime / second) * second;
  // The last microsecond of a second and the next second: what is seen ends between two events that are neighbours.
  const time = fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 0, 1, 999_999))
    .map(([seconds, micros]) => start + seconds * second + micros);
  const placed = fc
    .tuple(arbitraryEvent, time)
    .map(([event, time]) => named({ ...event, time, id: `${time} ${event.id}` }, "bridge-a"));
  const few = fc.uniqueArray(placed, { minLength: 3, maxLength: 6, selector: ({ id }) => id });

  it("finds what a replay of everything finds, or asks for more", () => {
    fc.assert(
      fc.property(few, fc.nat(), (history, index) => {
        expectReplay(sceneOf(withRetirementsInOrder(history), index), withoutBeginnings);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("a DN that two applications see in turn", () => {
  const hour = 3_600_000_000;
  const at = (hours: number) => ({ time: baseTime + hours * hour });
  const b = { application: "bridge-b" };
  const events = [
    registered(at(0)),
    unregistered({ ...b, ...at(1) }),
    registered({ ...b, ...at(2) }),
    unregistered(at(3)),
    registered(at(4)),
    unregistered(at(6)),
    unregistered({ ...b, ...at(6) }),
  ];
  const find = (from: number) => {
    const view = { at: baseTime + 5 * hour, from };
    const rows = rowsOf(events.slice(0, 5)).filter(({ time }) => time > from);
    return findPastStatus(statusOf(events), rows, view);
  };

  it("is registered since a time that only its first registration shows", () => {
    expect(find(baseTime + hour / 2)).toBeUndefined();
    expect(find(Number.NEGATIVE_INFINITY)).toMatchObject({ statusSince: baseTime });
  });
});

describe("what the history has dropped", () => {
  const at = (offset: number) => ({ time: baseTime + offset });
  const everything = { at: baseTime + 10, from: Number.NEGATIVE_INFINITY };
  const find = (events: Events, rows: Events = []) =>
    findPastStatus(statusOf(events), rowsOf(rows), everything);

  it("does not make a registration of then an end", () => {
    const end = unregistered({ ...at(1), referenceID: 4 });
    const refresh = registered({ ...at(20), agentID: "4711" });
    expect(find([end, registered(at(5)), refresh])).toMatchObject({
      statusSince: baseTime + 5,
      applications: { "bridge-a": { registered: { time: baseTime + 5 } } },
    });
  });

  it("does not make an end of then a registration, and has a reason for it", () => {
    const ends = [
      unregistered({ ...at(5), errorCode: 59 }),
      unregistered({ ...at(20), errorCode: 59 }),
    ];
    const past = find([registered(at(1)), ...ends]);
    expect(past === undefined || past === "absent" ? past : shown(past)).toMatchObject({
      status: "unregistered",
      reason: { errorCode: 59 },
      confirmedAt: formatTime(baseTime + 5),
    });
  });

  it("is absent where nothing shows that it was there", () => {
    expect(find([registered(at(5)), unregistered(at(11)), registered(at(20))])).toBe("absent");
  });

  it("leaves what the status knows of the precision of a second", () => {
    const second = 1_000_000;
    const whole = Math.floor(baseTime / second) * second;
    const ends = [unregistered({ time: whole }), unregistered({ time: whole + 1 })];
    const back = registered({ time: whole + 2 });
    const rows = rowsOf([...ends.slice(1), back]);
    const status = statusOf([...ends, back, registered({ time: whole + 5 * second })]);
    const past = findPastStatus(status, rows, {
      at: whole + second,
      from: Number.NEGATIVE_INFINITY,
    });
    expect(past).toMatchObject({ statusSince: whole + 1 });
    expect(past === undefined || past === "absent" ? past : shown(past)).toMatchObject({
      status: "unregistered",
    });
  });
});

describe("what the status has forgotten", () => {
  const start = Math.floor(baseTime / 1_000_000) * 1_000_000;
  const second = (seconds: number) => ({ time: start + seconds * 1_000_000 });
  /** From the newest events of the view only, the one with `from` excluded. */
  const find = (events: Events, view: { at: number; from: number }) => {
    const { time: at } = second(view.at);
    const { time: from } = second(view.from);
    const rows = rowsOf(events).filter(({ time }) => from < time && time <= at);
    return findPastStatus(statusOf(events), rows, { at, from });
  };

  it("may be a loss that no later registration outweighs", () => {
    const events = [
      unregistered(second(1)),
      unregistered({ ...second(3), derived: "refused" }),
      registered(second(1.999999)),
      unregistered({ ...second(2.5), referenceID: 4 }),
    ];
    expect(find(events, { at: 2.5, from: 1.999999 })).toBeUndefined();
    const past = find(events, { at: 2.5, from: Number.NEGATIVE_INFINITY });
    expect(past && past !== "absent" && shown(past)).toMatchObject({ verdict: "unexpected" });
  });

  it("may be a customer that is newer than that of the registration", () => {
    const events = [
      registered({ ...second(2), customerID: "other" }),
      unregistered({ ...second(4.5), customerID: "acme" }),
      unregistered({ ...second(5), derived: "disconnect" }),
      unregistered(second(5.999)),
    ];
    expect(find(events, { at: 5, from: 4.5 })).toBeUndefined();
    const past = find(events, { at: 5, from: Number.NEGATIVE_INFINITY });
    expect(past && past !== "absent" && shown(past)).toMatchObject({ customerID: "acme" });
  });
});

describe("the work of a look", () => {
  it.each([1, 8, 40])("is one merge for each event, with %i applications", (count) => {
    const at = (seconds: number) => ({ time: baseTime + seconds * 1_000_000 });
    const events = Array.from({ length: 120 }, (_, index) =>
      registered({ application: `bridge-${index % count}`, ...at(index) }),
    );
    const ended = unregistered({ application: "bridge-0", ...at(200) });
    let merges = 0;
    // Only the mark of an event takes its address type.
    const countMerge = () => {
      merges += 1;
      return "AddressTypeDN";
    };
    const rows = rowsOf(events).map((row) =>
      Object.defineProperty(row, "addressType", { get: countMerge }),
    );
    const view = { at: at(150).time, from: Number.NEGATIVE_INFINITY };
    const past = findPastStatus(statusOf([...events, ended]), rows, view);
    expect(past).toMatchObject({ statusSince: baseTime });
    expect(merges).toBe(events.length);
  });
});

describe("changedAt of the past", () => {
  const at = (offset: number) => ({ time: baseTime + offset });
  const find = (events: Events, time: number) => {
    const rows = rowsOf(events).filter((row) => row.time <= time);
    const view = { at: time, from: Number.NEGATIVE_INFINITY };
    return findPastStatus(statusOf(events), rows, view);
  };

  it("is that of the status, where nothing has changed since, by either clock", () => {
    const events = [registered(at(0)), registered(at(3))];
    const changedAt = baseTime + 7;
    expect(find(events, changedAt)).toMatchObject({ changedAt });
    expect(find(events, changedAt - 1)).not.toHaveProperty("changedAt");
  });

  it("is left out where something has", () => {
    const events = [registered(at(0)), registered(at(30))];
    const past = find(events, baseTime + 20);
    expect(past).toMatchObject({ statusSince: baseTime });
    expect(past).not.toHaveProperty("changedAt");
    expect(past && past !== "absent" && toPastRegistration(past)).not.toHaveProperty("changedAt");
  });
});

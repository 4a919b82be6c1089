import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { coverageOf, standingsOf } from "../../lambda/domain/status/registration-status.ts";
import { createRecordEvents } from "../../lambda/use-cases/record-events.ts";
import { arbitraryEventOfMany, arbitraryHistory } from "../support/arbitrary-event.ts";
import { baseTime, registered, retired, unregistered } from "../support/build-event.ts";
import { createInMemoryStore, type InMemoryStore } from "../support/in-memory-store.ts";

const now = () => baseTime + 1;

/** What does not depend on the order of arrival: marks, status, verdict, reason, and the history's events. */
const essence = ({ statuses, history }: InMemoryStore) => ({
  statuses: Object.fromEntries(
    [...statuses].map(([key, status]) => [
      key,
      standingsOf(status).map(({ name, application, standing }) => {
        const { statusSince: _, ...marks } = application;
        return { name, marks, standing };
      }),
    ]),
  ),
  coverage: Object.fromEntries(
    [...statuses].map(([key, status]) => {
      const { status: registration, verdict, cause } = coverageOf(status);
      return [key, { registration, verdict, cause }];
    }),
  ),
  history: new Set(history.keys()),
});

/** A store whose n-th write is done or not, but not answered: the process dies there. */
const crashingAfter = (store: InMemoryStore, survivors: number): InMemoryStore => {
  let writes = 0;
  const dying =
    <Arguments extends unknown[], Result>(write: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      if (writes >= survivors) throw new Error("the process has died");
      writes += 1;
      return write(...given);
    };
  return {
    ...store,
    writeStatus: dying(store.writeStatus),
    writeHistory: dying(store.writeHistory),
    addToHistory: dying(store.addToHistory),
  };
};

const inBatches = (events: readonly RegistrationEvent[], size: number): RegistrationEvent[][] =>
  events.length === 0 ? [] : [events.slice(0, size), ...inBatches(events.slice(size), size)];

const recordAll = async (store: InMemoryStore, events: readonly RegistrationEvent[], size = 4) => {
  const record = createRecordEvents({ ...store, now });
  for (const batch of inBatches(events, size)) await record(batch, "key_1");
};

const histories = arbitraryHistory(arbitraryEventOfMany, 14);

describe("recordEvents", () => {
  it("ends in the same state whatever the order, the repetitions and the batches", async () => {
    const cases = histories.chain((history) =>
      fc.record({
        history: fc.constant(history),
        other: fc.shuffledSubarray([...history, ...history], { minLength: history.length * 2 }),
        size: fc.integer({ min: 1, max: 6 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ history, other, size }) => {
        const [first, second] = [createInMemoryStore(), createInMemoryStore()];
        await recordAll(first, history);
        await recordAll(second, other, size);
        expect(essence(second)).toEqual(essence(first));
      }),
      { numRuns: 500 },
    );
  });

  it("loses no event from the history", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const store = createInMemoryStore();
        await recordAll(store, history);
        const ids = new Set([...store.history.values()].map(({ id }) => id));
        expect(ids).toEqual(new Set(history.map(({ id }) => id)));
      }),
    );
  });

  it("leaves the same after a crash at any write and a repetition as without a crash", async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(20), async (history, survivors) => {
        const [whole, broken] = [createInMemoryStore(), createInMemoryStore()];
        await recordAll(whole, history);
        await recordAll(crashingAfter(broken, survivors), history).catch(() => undefined);
        await recordAll(broken, history);
        expect(essence(broken)).toEqual(essence(whole));
      }),
      { numRuns: 500 },
    );
  });

  it("loses no update when several requests write the same DN at once", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const [sequential, concurrent] = [createInMemoryStore(), createInMemoryStore()];
        await recordAll(sequential, history);
        const record = createRecordEvents({ ...concurrent, now });
        await Promise.all(inBatches(history, 2).map((batch) => record(batch, "key_1")));
        expect(essence(concurrent)).toEqual(essence(sequential));
      }),
    );
  });

  const outcomesOf = async (store: InMemoryStore, ...events: RegistrationEvent[]) =>
    createRecordEvents({ ...store, now })(events, "key_1");

  it("answers applied for an event that is part of the status now", async () => {
    expect(await outcomesOf(createInMemoryStore(), registered())).toEqual(["applied"]);
  });

  it("answers duplicate when the event is already stored", async () => {
    const store = createInMemoryStore();
    await outcomesOf(store, registered());
    expect(await outcomesOf(store, registered())).toEqual(["duplicate"]);
  });

  it("answers duplicate for a repetition within the request", async () => {
    const store = createInMemoryStore();
    expect(await outcomesOf(store, registered(), registered())).toEqual(["applied", "duplicate"]);
  });

  it("keeps the greater session of an event that comes twice in a request, or later again", async () => {
    const store = createInMemoryStore();
    const sessionOf = async () => {
      const [status] = await store.readStatusesOfDn("7001");
      return status?.applications["bridge-a"]?.registered?.session;
    };
    const inSession = (session: number) => registered({ session });
    expect(await outcomesOf(store, inSession(2), inSession(3), inSession(1))).toEqual([
      "applied",
      "duplicate",
      "duplicate",
    ]);
    expect(await sessionOf()).toBe(3);
    expect(await outcomesOf(store, inSession(4))).toEqual(["duplicate"]);
    expect(await sessionOf()).toBe(4);
  });

  it("keeps in the history who retired a registration, and why", async () => {
    const store = createInMemoryStore();
    const other = { author: "d.moss", note: "desk removed" };
    await outcomesOf(store, registered(), retired({ time: baseTime + 1, other }));
    expect([...store.history.values()]).toMatchObject([
      { event: "EventRegistered" },
      { event: "Retired", outcome: "applied", other },
    ]);
  });

  it("answers outdated for one that says only that a second has ends of different precision", async () => {
    const store = createInMemoryStore();
    const whole = Math.floor(baseTime / 1_000_000) * 1_000_000;
    const end = unregistered({ time: whole + 1 });
    const back = registered({ time: whole + 2 });
    await recordAll(store, [end, back]);
    const vague = unregistered({ time: whole });
    expect(await outcomesOf(store, vague)).toEqual(["outdated"]);
    expect([...store.statuses.values()]).toMatchObject([
      { changed: true, alertId: `alert-${end.id}` },
    ]);
    expect(await outcomesOf(store, vague)).toEqual(["duplicate"]);
  });

  it("answers outdated for an older one of its kind, and duplicate for its repetition", async () => {
    const store = createInMemoryStore();
    const older = registered({ time: baseTime - 1 });
    await outcomesOf(store, registered());
    expect(await outcomesOf(store, older)).toEqual(["outdated"]);
    expect(await outcomesOf(store, older)).toEqual(["duplicate"]);
  });

  it("applies a late loss that a later registration has superseded, without changing the status", async () => {
    const store = createInMemoryStore();
    await outcomesOf(store, registered());
    expect(await outcomesOf(store, unregistered({ time: baseTime - 1 }))).toEqual(["applied"]);
    const [status] = await store.readStatusesOfDn("7001");
    expect(status && coverageOf(status).status).toBe("registered");
  });

  it("writes several events of one DN once", async () => {
    const store = createInMemoryStore();
    await outcomesOf(store, registered(), unregistered({ time: baseTime + 1 }));
    const [status] = await store.readStatusesOfDn("7001");
    expect(status?.revision).toBe(1);
  });

  it("does not write a status for which nothing is new", async () => {
    const store = createInMemoryStore();
    await outcomesOf(store, registered());
    await outcomesOf(store, registered(), registered());
    const [status] = await store.readStatusesOfDn("7001");
    expect(status?.revision).toBe(1);
  });

  it("answers refused for what the store will never take, and records the others", async () => {
    const store = createInMemoryStore();
    const picky: InMemoryStore = {
      ...store,
      writeStatus: async (status) =>
        status.thisDN === "7002" ? "refused" : store.writeStatus(status),
      writeHistory: async (rows) => {
        await store.writeHistory(rows);
        return new Set(rows.filter(({ thisDN }) => thisDN === "7003").map(({ id }) => id));
      },
    };
    const events = ["7001", "7002", "7003"].map((thisDN) => registered({ thisDN }));
    expect(await outcomesOf(picky, ...events)).toEqual(["applied", "refused", "refused"]);
  });

  it("answers refused for a repetition of what the store will never take", async () => {
    const store: InMemoryStore = { ...createInMemoryStore(), writeStatus: async () => "refused" };
    expect(await outcomesOf(store, registered(), registered())).toEqual(["refused", "refused"]);
  });

  it("answers refused when the history will not take a repeated event", async () => {
    const store = createInMemoryStore();
    await outcomesOf(store, registered());
    const picky: InMemoryStore = { ...store, addToHistory: async () => "refused" };
    expect(await outcomesOf(picky, registered())).toEqual(["refused"]);
  });

  it("gives up when other writers of the status always come first, so that the bridge repeats", async () => {
    const store: InMemoryStore = { ...createInMemoryStore(), writeStatus: async () => "conflict" };
    await expect(outcomesOf(store, registered())).rejects.toThrow("20 times in a row");
  });
});

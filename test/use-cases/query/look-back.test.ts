import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { toHistoryEntry } from "../../../lambda/domain/status/history-row.ts";
import type { PastStatus } from "../../../lambda/domain/status/past-status.ts";
import { toPastRegistration } from "../../../lambda/domain/status/registration.ts";
import { formatTime } from "../../../lambda/domain/time.ts";
import { createReadHistoryPage } from "../../../lambda/use-cases/query/read-history-page.ts";
import {
  createRegistrationsAt,
  createRowCount,
} from "../../../lambda/use-cases/query/registrations-at.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { baseTime, missed, registered, retired, unregistered } from "../../support/build-event.ts";
import { createInMemoryStore, type InMemoryStore } from "../../support/in-memory-store.ts";

const at = (offset: number) => ({ time: baseTime + offset });
const storeOf = async (...events: RegistrationEvent[]) => {
  const store = createInMemoryStore();
  const record = createRecordEvents({ ...store, now: () => baseTime + 1000 });
  for (const event of events) await record([event], "key_1");
  return store;
};

const lookBack = async (store: InMemoryStore, at: number): Promise<PastStatus[]> => {
  const past = await createRegistrationsAt(store)("7001", at, createRowCount(100));
  return past.kind === "known" ? past.statuses : expect.unreachable(past.kind);
};

const story = [
  registered(),
  registered({ ...at(5), application: "bridge-b" }),
  unregistered({ ...at(10), errorCode: 59 }),
  registered({ ...at(20), referenceID: 90 }),
  registered({ ...at(7), server: "AVAYATS1" }),
];

describe("registrationsAt", () => {
  it.each([
    [-1, []],
    [0, ["SIPTS750 registered"]],
    [9, ["SIPTS750 registered", "AVAYATS1 registered"]],
    [10, ["SIPTS750 registered unexpected", "AVAYATS1 registered"]],
    [20, ["SIPTS750 registered", "AVAYATS1 registered"]],
  ])("shows the DN as it was %i µs later, by T-Server time", async (offset, expected) => {
    const store = await storeOf(...story.toReversed());
    const statuses = await lookBack(store, baseTime + offset);
    const shown = statuses
      .map((status) => toPastRegistration(status))
      .map(({ server, status, verdict }) => [server, status, verdict].filter(Boolean).join(" "));
    expect(new Set(shown)).toEqual(new Set(expected));
  });

  it("knows from the status what the history has dropped", async () => {
    const store = await storeOf(registered(), unregistered({ ...at(9), referenceID: 4 }));
    store.history.clear();
    const [status] = await lookBack(store, baseTime + 5);
    expect(status && toPastRegistration(status)).toMatchObject({ status: "registered" });
  });

  it.each([
    [9, ["registered"]],
    [10, ["unregistered unexpected"]],
    [20, ["registered"]],
    [30, ["unregistered expected"]],
    [40, ["registered"]],
  ])(
    "shows missed and retired registrations %i µs later, even without rows",
    async (offset, expected) => {
      const events = [
        registered(),
        missed(at(10)),
        registered(at(20)),
        retired(at(30)),
        registered(at(40)),
      ];
      const store = await storeOf(...events.slice(0, offset / 10 + 1));
      const readings = async () =>
        (await lookBack(store, baseTime + offset)).map((status) => {
          const { status: shown, verdict } = toPastRegistration(status);
          return [shown, verdict].filter(Boolean).join(" ");
        });
      expect(await readings()).toEqual(expected);
      store.history.clear();
      expect(await readings()).toEqual(expected);
    },
  );

  it("knows the later session in which an event came again", async () => {
    const event = registered({ session: baseTime });
    const store = await storeOf(event, { ...event, session: baseTime + 9 }, missed(at(9)));
    const [status] = await lookBack(store, baseTime + 9);
    expect(status && toPastRegistration(status)).toMatchObject({ status: "registered" });
  });

  it("shows a loss under a later clean-up answer", async () => {
    const store = await storeOf(unregistered(), unregistered({ ...at(9), referenceID: 4 }));
    store.history.clear();
    const [status] = await lookBack(store, baseTime + 5);
    expect(status && toPastRegistration(status)).toMatchObject({ verdict: "unexpected" });
  });
});

describe("readHistoryPage", () => {
  const events = Array.from({ length: 7 }, (_, index) => registered(at(index * 10)));

  it("gives every event once, newest first, page by page", async () => {
    const read = createReadHistoryPage((await storeOf(...events)).walkHistory);
    const times: number[] = [];
    let before: string | undefined;
    do {
      const page = await read({ thisDN: "7001", limit: 3, before });
      times.push(...page.rows.map(({ time }) => time - baseTime));
      before = page.next;
    } while (before !== undefined);
    expect(times).toEqual([60, 50, 40, 30, 20, 10, 0]);
  });

  it("has no next page when the last row just fits", async () => {
    const read = createReadHistoryPage((await storeOf(...events)).walkHistory);
    expect((await read({ thisDN: "7001", limit: 7 })).next).toBeUndefined();
  });

  it("keeps to a span of time, both ends included", async () => {
    const read = createReadHistoryPage((await storeOf(...events)).walkHistory);
    const span = { from: baseTime + 20, to: baseTime + 40 };
    const { rows } = await read({ thisDN: "7001", limit: 50, ...span });
    expect(rows.map(({ time }) => time - baseTime)).toEqual([40, 30, 20]);
    const before = `${formatTime(baseTime + 60)}#x`;
    const beyond = await read({ thisDN: "7001", limit: 50, ...span, before });
    expect(beyond.rows).toEqual(rows);
  });

  it("finds nothing in a span that ends before it begins, or behind a cursor outside it", async () => {
    const read = createReadHistoryPage((await storeOf(...events)).walkHistory);
    const empty = { rows: [], next: undefined };
    const backwards = { from: baseTime + 40, to: baseTime + 20 };
    expect(await read({ thisDN: "7001", limit: 5, ...backwards })).toEqual(empty);
    const outside = { from: baseTime + 40, before: `${formatTime(baseTime)}#x` };
    expect(await read({ thisDN: "7001", limit: 5, ...outside })).toEqual(empty);
  });

  it("filters by server and application", async () => {
    const read = createReadHistoryPage((await storeOf(...story)).walkHistory);
    const { rows } = await read({
      thisDN: "7001",
      limit: 9,
      server: "SIPTS750",
      application: "bridge-b",
    });
    expect(rows).toHaveLength(1);
  });
});

describe("toHistoryEntry", () => {
  it("shows what the contract names, times as text", async () => {
    const event = unregistered({ errorCode: 59, errorMessage: "gone", other: { X: 1 } });
    const store = await storeOf(event);
    const [row] = store.history.values();
    expect(row && JSON.parse(JSON.stringify(toHistoryEntry(row)))).toEqual({
      id: event.id,
      event: "EventUnregistered",
      time: "2026-11-20T02:58:00.123456Z",
      receivedAt: "2026-11-20T02:58:00.124456Z",
      server: "SIPTS750",
      application: "bridge-a",
      outcome: "applied",
      keyId: "key_1",
      errorCode: 59,
      errorMessage: "gone",
      other: { X: 1 },
    });
  });

  it("shows what an event was derived from, and no session", async () => {
    const store = await storeOf(registered({ session: baseTime }), missed(at(1)));
    const entries = [...store.history.values()].map(toHistoryEntry);
    expect(entries).toMatchObject([{ event: "EventRegistered" }, { derived: "reconnect" }]);
    for (const entry of entries) expect(entry).not.toHaveProperty("session");
  });
});

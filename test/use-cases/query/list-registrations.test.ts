import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { changedKey, shardCount, shardOf } from "../../../lambda/domain/status/list-key.ts";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { formatTime } from "../../../lambda/domain/time.ts";
import type { ReadList } from "../../../lambda/ports/statuses.ts";
import {
  createListRegistrations,
  type ListPage,
  type ListQuery,
} from "../../../lambda/use-cases/query/list-registrations.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";

const minute = 60_000_000;
const showRegistrations = async (statuses: readonly RegistrationStatus[]) =>
  statuses.map((status) => toRegistration(status));
const b = { application: "bridge-b" };

/** Records each event on its own, our clock a second later each time. */
const storeOf = async (...events: RegistrationEvent[]) => {
  const store = createInMemoryStore();
  let clock = baseTime + minute;
  const record = createRecordEvents({ ...store, now: () => clock });
  for (const event of events) {
    await record([event], "key_1");
    clock += 1_000_000;
  }
  return store;
};
const dns = (count: number) => Array.from({ length: count }, (_, index) => String(7001 + index));

const dnsOf = ({ listed }: ListPage) => listed.map(({ registration }) => registration.thisDN);

const newest: ListQuery = { newestFirst: true, limit: 50 };
const listAll = async (store: Awaited<ReturnType<typeof storeOf>>, query: ListQuery) => {
  const list = createListRegistrations({ ...store, showRegistrations });
  const pages: string[][] = [];
  let beyond = query.beyond;
  do {
    const page = await list({ ...query, beyond });
    pages.push(dnsOf(page));
    beyond = page.next;
  } while (beyond !== undefined);
  return pages;
};

describe("listRegistrations", () => {
  it("gives newest changes first, page by page, each DN once", async () => {
    const store = await storeOf(...dns(23).map((thisDN) => registered({ thisDN })));
    const pages = await listAll(store, { ...newest, limit: 5 });
    expect(pages.flat()).toEqual(dns(23).toReversed());
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
  });

  it("gives oldest changes first from a time on, inclusive", async () => {
    const store = await storeOf(...dns(9).map((thisDN) => registered({ thisDN })));
    const beyond = formatTime(baseTime + minute + 3_000_000);
    const pages = await listAll(store, { newestFirst: false, limit: 4, beyond });
    expect(pages.flat()).toEqual(dns(9).slice(3));
  });

  it("is not shifted by what changes between two pages", async () => {
    const store = await storeOf(...dns(6).map((thisDN) => registered({ thisDN })));
    const list = createListRegistrations({ ...store, showRegistrations });
    const first = await list({ ...newest, limit: 3 });
    const late = createRecordEvents({ ...store, now: () => baseTime + 9 * minute });
    await late(
      [registered({ thisDN: "9999" }), unregistered({ thisDN: "7006", time: baseTime + 1 })],
      "k",
    );
    const second = await list({ ...newest, limit: 3, beyond: first.next });
    expect(dnsOf(second)).toEqual(["7003", "7002", "7001"]);
  });

  describe("with filters", () => {
    const mixture = [
      registered({ thisDN: "all-here" }),
      unregistered({ thisDN: "asked", referenceID: 5 }),
      unregistered({ thisDN: "lost" }),
      registered({ thisDN: "half-lost" }),
      unregistered({ thisDN: "half-lost", ...b }),
      registered({ thisDN: "half-asked" }),
      unregistered({ thisDN: "half-asked", ...b, referenceID: 5 }),
      registered({ thisDN: "elsewhere", server: "AVAYATS1" }),
    ];

    it.each<[Partial<ListQuery>, string[]]>([
      [{}, ["all-here", "asked", "lost", "half-lost", "half-asked", "elsewhere"]],
      [{ status: "registered" }, ["all-here", "half-lost", "half-asked", "elsewhere"]],
      [{ status: "unregistered" }, ["asked", "lost"]],
      [{ verdict: "unexpected" }, ["lost", "half-lost"]],
      [{ verdict: "expected" }, ["asked", "half-asked"]],
      [{ status: "registered", verdict: "unexpected" }, ["half-lost"]],
      [{ status: "unregistered", verdict: "expected" }, ["asked"]],
      [{ server: "AVAYATS1" }, ["elsewhere"]],
      [{ server: "AVAYATS1", status: "unregistered" }, []],
    ])("answers %j", async (filter, expected) => {
      const store = await storeOf(...mixture);
      for (const limit of [1, 2, 50]) {
        const pages = await listAll(store, { ...newest, ...filter, limit });
        expect(new Set(pages.flat())).toEqual(new Set(expected));
        expect(pages.flat()).toHaveLength(expected.length);
      }
    });
  });

  it.each<[Partial<ListQuery>, string[]]>([
    [{}, ["registered", "expected", "unexpected", "mixed"]],
    [{ status: "registered" }, ["registered", "mixed"]],
    [{ status: "unregistered" }, ["expected", "unexpected"]],
    [{ verdict: "unexpected" }, ["unexpected", "mixed"]],
    [{ status: "unregistered", verdict: "expected" }, ["expected"]],
  ])("asks for %j only in the parts of the index that may hold them", async (filter, expected) => {
    const asked = new Set<string>();
    const readList: ReadList = async ({ state }) => {
      asked.add(state);
      return [];
    };
    await createListRegistrations({ readList, showRegistrations, readStatuses: async () => [] })({
      ...newest,
      ...filter,
    });
    expect(asked).toEqual(new Set(expected));
  });

  it.each([
    [{ status: "registered" as const }, []],
    [{ status: "unregistered" as const }, ["7001"]],
  ])(
    "decides %j by the item, where the index still shows the old status",
    async (filter, expected) => {
      const store = await storeOf(registered(), unregistered({ time: baseTime + 1 }));
      const [gone] = await store.readStatusesOfDn("7001");
      if (gone === undefined) throw new Error("no status");
      const lagging = [{ thisDN: "7001", server: "SIPTS750", changedKey: changedKey(gone) }];
      const readList: ReadList = async ({ shard }) => (shard === 0 ? lagging : []);
      const page = await createListRegistrations({ ...store, showRegistrations, readList })({
        ...newest,
        ...filter,
      });
      expect(dnsOf(page)).toEqual(expected);
    },
  );

  it("ends a page early, with a cursor, instead of searching for ever", async () => {
    const asked = dns(9).flatMap((thisDN) => [
      registered({ thisDN }),
      unregistered({ thisDN, ...b, referenceID: 5 }),
    ]);
    const store = await storeOf(...asked);
    const page = await createListRegistrations({ ...store, showRegistrations })({
      ...newest,
      verdict: "unexpected",
      limit: 1,
    });
    expect(page).toMatchObject({ listed: [], next: expect.any(String) });
  });

  it("leaves out retired DNs, although the index may still show them", async () => {
    const store = await storeOf(registered(), retired({ time: baseTime + 1 }), registered(b));
    const [gone] = await store.readStatusesOfDn("7001");
    expect(await listAll(store, newest)).toEqual([["7001"]]);
    await createRecordEvents({ ...store, now: () => baseTime })(
      [retired({ ...b, time: baseTime + 1 })],
      "key_1",
    );
    const lagging = gone && [{ thisDN: "7001", server: "SIPTS750", changedKey: changedKey(gone) }];
    const readList: ReadList = async ({ state, shard }) =>
      (state === "expected" && shard === 0 && lagging) || [];
    const list = createListRegistrations({ ...store, showRegistrations, readList });
    expect(await list(newest)).toEqual({ listed: [], next: undefined });
    expect(await listAll(store, newest)).toEqual([[]]);
  });

  it("leaves out what the index shows and the table no longer has", async () => {
    const store = await storeOf(registered());
    const list = createListRegistrations({
      ...store,
      showRegistrations,
      readStatuses: async () => [],
    });
    expect(await list(newest)).toEqual({ listed: [], next: undefined });
  });
});

describe("the lists' keys", () => {
  it("spread neighbouring DNs evenly over the shards", () => {
    const counts = new Map<number, number>();
    for (let dn = 10_000; dn < 60_000; dn += 1) {
      counts.set(shardOf(String(dn)), (counts.get(shardOf(String(dn))) ?? 0) + 1);
    }
    const fair = 50_000 / shardCount;
    for (let shard = 0; shard < shardCount; shard += 1) {
      expect(Math.abs((counts.get(shard) ?? 0) - fair)).toBeLessThan(fair / 10);
    }
  });

  it("fit an index, however long DN and server are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 255, size: "max" }),
        fc.string({ unit: "grapheme", maxLength: 128, size: "max" }),
        (thisDN, server) => {
          const key = changedKey({
            thisDN,
            server,
            changedAt: baseTime,
            revision: 1,
            changed: true,
            changedBy: "bridge-a",
            statusSince: 0,
            applications: {},
          });
          expect(key.isWellFormed()).toBe(true);
          expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
        },
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { matchesFilter } from "../../../lambda/domain/status/list-filter.ts";
import { shardCount, shardOf } from "../../../lambda/domain/status/list-key.ts";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { formatTime } from "../../../lambda/domain/time.ts";
import type { ReadList } from "../../../lambda/ports/statuses.ts";
import {
  createListRegistrations,
  type ListQuery,
} from "../../../lambda/use-cases/query/list-registrations.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, retired } from "../../support/build-event.ts";
import { createInMemoryStore, statusKey } from "../../support/in-memory-store.ts";
import { statusAfter } from "../../support/status-after.ts";

const showRegistrations = async (statuses: readonly RegistrationStatus[]) =>
  statuses.map((status) => toRegistration(status));
const gone = (changes: Partial<RegistrationEvent>): RegistrationStatus =>
  statusAfter(registered(changes), retired({ ...changes, time: baseTime + 1 }));

/** A store of statuses, each changed a microsecond after the one before it, and what was read of it. */
const createHarness = (statuses: readonly RegistrationStatus[], from = testNow) => {
  const store = createInMemoryStore();
  const all = statuses.map((status, index) => ({ ...status, changedAt: from + index }));
  // A store for each shard, because the fake looks at all that it has for every shard that is asked for.
  const shards = Array.from({ length: shardCount }, createInMemoryStore);
  for (const status of all) {
    store.statuses.set(statusKey(status), status);
    shards[shardOf(status.thisDN)]?.statuses.set(statusKey(status), status);
  }
  const positions: unknown[] = [];
  const readList = vi.fn<ReadList>(async (range) => {
    const entries = (await shards[range.shard]?.readList(range)) ?? [];
    positions.push(...entries);
    return entries;
  });
  const readStatuses = vi.fn(store.readStatuses);
  const list = createListRegistrations({ readList, readStatuses, showRegistrations });
  const walk = async (query: ListQuery): Promise<string[][]> => {
    const pages: string[][] = [];
    let beyond = query.beyond;
    do {
      const page = await list({ ...query, beyond });
      pages.push(page.listed.map(({ registration }) => registration.thisDN));
      beyond = page.next;
    } while (beyond !== undefined);
    return pages;
  };
  return { all, list, walk, readList, readStatuses, positions };
};
const dnOf = (index: number): string => String(10_000 + index);
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const customerID = index % 1000 === 0 ? "rare" : "common";
    return statusAfter(registered({ thisDN: dnOf(index), customerID }));
  });

describe("a list with a filter that few pass", () => {
  it("needs few requests, each of which looks at a bounded number", async () => {
    const { walk, list, readStatuses, readList } = createHarness(many(4_000));
    const query = { newestFirst: false, limit: 50, customerID: "rare" };
    const pages = await walk(query);
    expect(pages.flat()).toEqual(["10000", "11000", "12000", "13000"]);
    expect(pages.length).toBeLessThanOrEqual(3);
    readStatuses.mockClear();
    readList.mockClear();
    expect((await list({ ...query, customerID: "none" })).listed).toEqual([]);
    const examined = readStatuses.mock.calls.map(([keys]) => keys.length);
    expect(examined).toEqual([50, 500, 500, 500, 500]);
    expect(Math.max(...readList.mock.calls.map(([{ limit }]) => limit))).toBe(125);
  });

  it("may give an empty page that goes on", async () => {
    const { list } = createHarness(many(3_000));
    const page = await list({ newestFirst: true, limit: 1, customerID: "none" });
    expect(page).toEqual({ listed: [], next: expect.any(String) });
  });

  it("looks at no more than a page where all pass", async () => {
    const { list, readStatuses } = createHarness(many(999));
    const page = await list({ newestFirst: true, limit: 50, customerID: "common" });
    expect(page.listed).toHaveLength(50);
    expect(readStatuses.mock.calls.map(([keys]) => keys.length)).toEqual([50]);
  });

  it("reads only items whose number begins as asked for", async () => {
    const { walk, readStatuses } = createHarness(many(1_000));
    const pages = await walk({ newestFirst: true, limit: 500, prefix: "1000" });
    expect(pages.flat()).toEqual(Array.from({ length: 10 }, (_, index) => dnOf(9 - index)));
    const read = readStatuses.mock.calls.flatMap(([keys]) => keys.map(({ thisDN }) => thisDN));
    expect(read).toEqual(pages.flat());
  });
});

describe("a list with any filter, in any order, by pages of any size", () => {
  const arbitraryStatus = fc
    .record({
      thisDN: fc.nat(400).map(dnOf),
      customerID: fc.constantFrom("a", "b"),
      application: fc.constantFrom("bridge-a", "bridge-b"),
      isGone: fc.boolean(),
    })
    .map(({ isGone, ...one }) => (isGone ? gone(one) : statusAfter(registered(one))));
  const optional = (...values: readonly string[]) =>
    fc.option(fc.constantFrom(...values), { nil: undefined });

  it("gives each registration that passes once, in its order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(arbitraryStatus, { maxLength: 50, selector: ({ thisDN }) => thisDN }),
        fc.record({
          customerID: optional("a", "b"),
          application: optional("bridge-a", "bridge-b"),
          prefix: optional("100", "1011"),
          status: fc.option(fc.constantFrom("registered" as const, "unregistered" as const), {
            nil: undefined,
          }),
          retiredSince: fc.option(
            fc.nat(60).map((index) => testNow + index),
            { nil: undefined },
          ),
        }),
        fc.record({ newestFirst: fc.boolean(), limit: fc.integer({ min: 1, max: 9 }) }),
        async (statuses, filter, order) => {
          const { all, walk } = createHarness(statuses);
          const wanted = all
            .filter((status) => matchesFilter(status, filter))
            .map(({ thisDN }) => thisDN)
            .filter((thisDN) => thisDN.startsWith(filter.prefix ?? ""));
          const pages = await walk({ ...filter, ...order });
          expect(pages.flat()).toEqual(order.newestFirst ? wanted.toReversed() : wanted);
          expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(order.limit);
        },
      ),
    );
  });
});

describe("the retired registrations of a list", () => {
  const retiredOnes = Array.from({ length: 900 }, (_, index) => gone({ thisDN: dnOf(index) }));
  // The newest three are young enough.
  const retiredSince = testNow + 897;
  const young = ["10897", "10898", "10899"];

  it.each([true, false])(
    "are read no further back than they are shown (newest first: %s)",
    async (newestFirst) => {
      const { walk, positions } = createHarness(retiredOnes);
      const pages = await walk({ newestFirst, limit: 2, retiredSince });
      expect(pages.flat()).toEqual(newestFirst ? young.toReversed() : young);
      expect(positions.length).toBeLessThan(60);
    },
  );

  it("are not read at all behind that time", async () => {
    const { list, readList } = createHarness(retiredOnes);
    const beyond = formatTime(retiredSince - 1);
    expect(await list({ newestFirst: true, limit: 2, retiredSince, beyond })).toEqual({
      listed: [],
      next: undefined,
    });
    expect(readList.mock.calls.some(([{ state }]) => state === "retired")).toBe(false);
  });

  it("go on where a page of the oldest ended", async () => {
    const { list } = createHarness(retiredOnes);
    const beyond = formatTime(retiredSince + 1);
    const page = await list({ newestFirst: false, limit: 2, retiredSince, beyond });
    expect(page.listed.map(({ registration }) => registration.thisDN)).toEqual(young.slice(1));
  });
});

import { describe, expect, it } from "vitest";
import {
  changedKey,
  listStates,
  shardCount,
  shardOf,
} from "../../../lambda/domain/status/list-key.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import type { ListRange } from "../../../lambda/ports/statuses.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";
import type { CreateStore } from "./store-contract.ts";

const range = (changes: Partial<ListRange> = {}): ListRange => ({
  state: "registered",
  shard: shardOf("7001"),
  server: undefined,
  newestFirst: true,
  beyond: undefined,
  limit: 100,
  ...changes,
});

/** `count` DNs of the shard of 7001, that one first. */
const dnsOfOneShard = (count: number): string[] => [
  "7001",
  ...Array.from({ length: count * shardCount * 4 }, (_, index) => String(8000 + index))
    .filter((thisDN) => shardOf(thisDN) === shardOf("7001"))
    .slice(0, count - 1),
];

/** Statuses of one shard, each changed a microsecond after the one before it. */
const population = (count: number): RegistrationStatus[] =>
  dnsOfOneShard(count).map((thisDN, index) => ({
    ...statusAfter(registered({ thisDN })),
    changedAt: testNow + index,
  }));

const createFilled = async (createStore: CreateStore, statuses: readonly RegistrationStatus[]) => {
  const store = await createStore();
  await Promise.all(statuses.map(store.writeStatus));
  return store;
};
const dnsOf = (entries: readonly { thisDN: string }[]) => entries.map(({ thisDN }) => thisDN);

/** The port of lists. */
export const describeLists = (createStore: CreateStore): void => {
  describe("lists", () => {
    it("gives each position with what it points to", async () => {
      const [status] = population(1);
      if (status === undefined) throw new Error("no status");
      const { readList } = await createFilled(createStore, [status]);
      const expected = [{ thisDN: "7001", server: "SIPTS750", changedKey: changedKey(status) }];
      expect(await readList(range())).toEqual(expected);
      expect(await readList(range({ server: "SIPTS750" }))).toEqual(expected);
    });

    it("orders newest first or oldest first, up to the limit", async () => {
      const statuses = population(12);
      const { readList } = await createFilled(createStore, statuses);
      const oldestFirst = dnsOf(statuses);
      expect(dnsOf(await readList(range()))).toEqual(oldestFirst.toReversed());
      expect(dnsOf(await readList(range({ newestFirst: false })))).toEqual(oldestFirst);
      const five = await readList(range({ limit: 5 }));
      expect(dnsOf(five)).toEqual(oldestFirst.toReversed().slice(0, 5));
    });

    it("continues strictly beyond a position, in either order", async () => {
      const statuses = population(6);
      const { readList } = await createFilled(createStore, statuses);
      const [, , third] = statuses;
      const beyond = third && changedKey(third);
      const older = await readList(range({ beyond }));
      expect(dnsOf(older)).toEqual(dnsOf(statuses.slice(0, 2).toReversed()));
      const newer = await readList(range({ beyond, newestFirst: false }));
      expect(dnsOf(newer)).toEqual(dnsOf(statuses.slice(3)));
    });

    it("orders text by its bytes in UTF-8, also beyond the first plane", async () => {
      const [square = "", clef = ""] = ["\uff21", "\u{1d11e}"].map((character) => {
        const endings = Array.from({ length: 200 }, (_, index) => `${character}${index}`);
        return endings.find((thisDN) => shardOf(thisDN) === shardOf("7001")) ?? "";
      });
      const statuses = [square, clef].map((thisDN) => statusAfter(registered({ thisDN })));
      const { readList } = await createFilled(createStore, statuses);
      expect(dnsOf(await readList(range({ newestFirst: false })))).toEqual([square, clef]);
    });

    it("keeps servers, states and shards apart", async () => {
      const gone = unregistered({ application: "bridge-b", time: baseTime + 1 });
      const asked = unregistered({ time: baseTime + 1, referenceID: 1 });
      const { readList } = await createFilled(createStore, [
        statusAfter(registered()),
        {
          ...statusAfter(registered({ server: "S-mixed" }), { ...gone, server: "S-mixed" }),
          revision: 1,
        },
        statusAfter({ ...asked, server: "S-expected" }),
        statusAfter(unregistered({ server: "S-unexpected" })),
      ]);
      const serversOf = async (changes: Partial<ListRange>) =>
        (await readList(range(changes))).map(({ server }) => server);
      expect(await serversOf({})).toEqual(["SIPTS750"]);
      expect(await serversOf({ state: "mixed" })).toEqual(["S-mixed"]);
      expect(await serversOf({ state: "expected" })).toEqual(["S-expected"]);
      expect(await serversOf({ state: "unexpected" })).toEqual(["S-unexpected"]);
      expect(await serversOf({ state: "mixed", server: "SIPTS750" })).toEqual([]);
      expect(await serversOf({ state: "mixed", server: "S-mixed" })).toEqual(["S-mixed"]);
      expect(await serversOf({ shard: (shardOf("7001") + 1) % shardCount })).toEqual([]);
    });

    it("moves a retired status to a list of its own, and back again", async () => {
      const gone = [registered(), retired({ time: baseTime + 1 })] as const;
      const { writeStatus, readList } = await createFilled(createStore, [
        statusAfter(registered()),
      ]);
      expect(await writeStatus(statusAfter(...gone))).toBe("written");
      for (const state of listStates) expect(await readList(range({ state }))).toEqual([]);
      const list = { state: "retired" } as const;
      expect(dnsOf(await readList(range(list)))).toEqual(["7001"]);
      expect(dnsOf(await readList(range({ ...list, server: "SIPTS750" })))).toEqual(["7001"]);
      await writeStatus(statusAfter(...gone, registered({ time: baseTime + 2 })));
      expect(dnsOf(await readList(range()))).toEqual(["7001"]);
      expect(dnsOf(await readList(range({ server: "SIPTS750" })))).toEqual(["7001"]);
      expect(await readList(range(list))).toEqual([]);
    });

    it("has no entry for a DN of which only its retirement is known", async () => {
      const { readList } = await createFilled(createStore, [statusAfter(retired())]);
      for (const state of [...listStates, "retired"] as const)
        expect(await readList(range({ state }))).toEqual([]);
    });

    it("moves a status to another list when it changes", async () => {
      const before = statusAfter(registered());
      const { writeStatus, readList } = await createFilled(createStore, [before]);
      await writeStatus(statusAfter(registered(), unregistered({ time: baseTime + 1 })));
      expect(await readList(range())).toEqual([]);
      expect(dnsOf(await readList(range({ state: "unexpected" })))).toEqual(["7001"]);
    });
  });
};

import { describe, expect, it } from "vitest";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { testNow } from "../support/api-event.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { statusKey } from "../support/in-memory-store.ts";
import { badParameters, createQueryHarness, toPage } from "../support/query-harness.ts";
import { statusAfter } from "../support/status-after.ts";
import { askWithinLimits, walkPages } from "../support/walk-pages.ts";

const route = "GET /v1/registrations";
const fields = ({ thisDN, server }: { thisDN: string; server: string }) => ({ thisDN, server });

/** A status of as many applications, each with a long reason full of quotes. */
const largeStatus = (thisDN: string, server: string, applications: number): RegistrationStatus => {
  const status = statusAfter(
    unregistered({ thisDN, server, errorCode: 59, errorMessage: '"'.repeat(200) }),
  );
  const [application] = Object.values(status.applications);
  if (application === undefined) throw new Error("no application");
  const names = Array.from({ length: applications }, (_, index) => `bridge-${index}`);
  const entries = names.map((name) => [name, application] as const);
  return { ...status, applications: Object.fromEntries(entries) };
};

const createHarness = (...statuses: readonly RegistrationStatus[]) => {
  const harness = createQueryHarness();
  for (const status of statuses) harness.store.statuses.set(statusKey(status), status);
  return { ...harness, askWithin: askWithinLimits(harness.ask) };
};

const number = (index: number): string => String(index).padStart(4, "0");
const dnsQuery = (dns: readonly string[]): string => dns.map((dn) => `thisDN=${dn}`).join("&");
const servers = (count: number) => Array.from({ length: count }, (_, index) => `S${number(index)}`);

describe("GET /v1/registrations?thisDN=… with more than an answer holds", () => {
  it("gives 100 DNs with large registrations in their order, each once", async () => {
    const dns = Array.from({ length: 100 }, (_, index) => number(index));
    const statuses = dns.flatMap((dn) => ["S2", "S1"].map((name) => largeStatus(dn, name, 60)));
    const { askWithin } = createHarness(...statuses);
    const asked = dns.toReversed();
    const pages = await walkPages(askWithin, route, dnsQuery(asked));
    const wanted = asked.flatMap((thisDN) => ["S1", "S2"].map((server) => ({ thisDN, server })));
    expect(pages.flat()).toMatchObject(wanted);
    expect(pages.length).toBeGreaterThan(1);
  });

  it("gives at most 500 registrations an answer, also of one DN on very many servers", async () => {
    const statuses = servers(1_200).map((name) => largeStatus("7002", name, 1));
    const others = ["7001", "7003"].map((dn) => largeStatus(dn, "S", 1));
    const { askWithin } = createHarness(...statuses.toReversed(), ...others);
    const pages = await walkPages(askWithin, route, "thisDN=7001&thisDN=7002&thisDN=7003");
    expect(pages.map((page) => page.length)).toEqual([500, 500, 202]);
    const [first, last] = others;
    expect(pages.flat()).toMatchObject([first, ...statuses, last].map((one) => one && fields(one)));
  });

  it("has no next page when the last registration just fits", async () => {
    const { list } = createHarness(...servers(500).map((name) => largeStatus("7001", name, 1)));
    const page = toPage(await list("thisDN=7001"));
    expect(page.data).toHaveLength(500);
    expect(page.nextCursor).toBeNull();
  });

  it("pages through the past, too", async () => {
    const { ask, record } = createQueryHarness();
    const names = servers(501);
    await record(names.map((server) => registered({ server })).toReversed());
    await record([registered({ thisDN: "7002" })]);
    const query = "thisDN=7002&thisDN=7001&at=2026-11-20T02:59:00Z";
    const pages = await walkPages(askWithinLimits(ask), route, query);
    const wanted = names.map((server) => ({ thisDN: "7001", server }));
    expect(pages.flat()).toMatchObject([{ thisDN: "7002" }, ...wanted]);
    expect(pages.map((page) => page.length)).toEqual([500, 2]);
  });

  it("gives one DN by its path, and a cursor for ?thisDN=", async () => {
    const statuses = servers(501).map((name) => largeStatus("7001", name, 1));
    const { one, list } = createHarness(...statuses);
    const first = toPage(await one("7001"));
    const second = toPage(await list(`thisDN=7001&cursor=${first.nextCursor}`));
    expect([...first.data, ...second.data]).toMatchObject(statuses.map(fields));
    expect(second.nextCursor).toBeNull();
  });

  it("takes a cursor beside as many DNs as may be asked for", async () => {
    const longest = `x%22${"%22".repeat(253)}`;
    const statuses = servers(501).map((name) => largeStatus(decodeURIComponent(longest), name, 1));
    const { list } = createHarness(...statuses);
    const query = `thisDN=${longest}&${"thisDN=7001&".repeat(430)}`;
    const first = await list(query);
    expect(first.status).toBe(200);
    const rest = await list(`${query}cursor=${toPage(first).nextCursor}`);
    expect(toPage(rest).data).toMatchObject([{ server: "S0500" }]);
  });

  it.each([
    ["that is none", "cursor=SECRET"],
    ["of other DNs", `cursor=${Buffer.from('["dns","7009\\nS1"]').toString("base64url")}`],
    ["of another list", `cursor=${Buffer.from('["history","x"]').toString("base64url")}`],
  ])("answers 400 to a cursor %s", async (_, query) => {
    const answer = await createQueryHarness().list(`thisDN=7001&${query}`);
    expect(answer).toMatchObject(badParameters("cursor does not belong to this list"));
  });

  it("asks the store for no registration that was answered before, and for not many more than it answers", async () => {
    const ranges: unknown[] = [];
    const { store } = createHarness();
    const { ask } = createQueryHarness({
      readStatusesOfDn: (thisDN, range) => {
        ranges.push({ thisDN, ...range });
        return store.readStatusesOfDn(thisDN, range);
      },
    });
    const cursor = Buffer.from('["dns","7002\\nS0499"]').toString("base64url");
    await ask(route, { query: `thisDN=7001&thisDN=7002&thisDN=7003&cursor=${cursor}` });
    expect(ranges).toEqual([
      { thisDN: "7002", after: "S0499", limit: 501 },
      { thisDN: "7003", after: "", limit: 501 },
    ]);
  });

  it("reads no DN that would not be answered", async () => {
    const read: string[] = [];
    const many = servers(501).map((name) => largeStatus("7000", name, 1));
    const { ask } = createQueryHarness({
      readStatusesOfDn: async (thisDN) => {
        read.push(thisDN);
        return thisDN === "7000" ? many : [];
      },
    });
    const dns = Array.from({ length: 100 }, (_, index) => String(7000 + index));
    await ask(route, { query: dnsQuery(dns) });
    expect(read).toEqual(dns.slice(0, 20));
  });
});

describe("GET /v1/registrations as a list with more than an answer holds", () => {
  it.each(["", "&changedSince=2026-11-20T00:00:00Z"])(
    "gives each registration once, in order (%s)",
    async (more) => {
      const statuses = Array.from({ length: 150 }, (_, index) => ({
        ...largeStatus(number(index), "S1", 60),
        changedAt: testNow + index,
      }));
      const { askWithin } = createHarness(...statuses);
      const pages = await walkPages(askWithin, route, `limit=100${more}`);
      const inOrder = more === "" ? statuses.toReversed() : statuses;
      expect(pages.flat()).toMatchObject(inOrder.map(fields));
      expect(pages.length).toBeGreaterThan(2);
    },
  );

  it("skips nothing where the answer ends, although the index shows an item twice", async () => {
    const statuses = Array.from({ length: 80 }, (_, index) => ({
      ...largeStatus(number(index), "S1", 60),
      changedAt: baseTime + index,
    }));
    const harness = createHarness(...statuses);
    const { readList } = harness.store;
    const { ask } = createQueryHarness({
      ...harness.store,
      readList: async (range) => {
        const entries = await readList(range);
        const stale = { thisDN: "0079", server: "S1", changedKey: "2026-11-20T02:58:00.123460Z#" };
        const isIn = range.beyond === undefined || stale.changedKey < range.beyond;
        return range.shard === 0 && range.state === "unexpected" && isIn
          ? [...entries, stale]
          : entries;
      },
    });
    const pages = await walkPages(askWithinLimits(ask), route, "limit=500&verdict=unexpected");
    const seen = pages.flat().map((one) => JSON.stringify(one));
    for (const { thisDN } of statuses) {
      expect(seen.some((text) => text.includes(`"thisDN":"${thisDN}"`))).toBe(true);
    }
    expect(pages.length).toBeGreaterThan(1);
  });
});

import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { registered, unregistered } from "../support/build-event.ts";
import { badParameters, createQueryHarness, toPage } from "../support/query-harness.ts";

const second = 1_000_000;

/**
 * DNs 7000, 7001, … each changed a second after the one before it; every third unregistered, every sixth as requested.
 */
const createPopulation = async (count: number) => {
  const harness = createQueryHarness();
  const dns = Array.from({ length: count }, (_, index) => String(7000 + index));
  for (const [index, thisDN] of dns.entries()) {
    const referenceID = index % 6 === 0 ? 5 : undefined;
    const isGone = index % 3 === 0;
    const event = isGone ? unregistered({ thisDN, referenceID }) : registered({ thisDN });
    await harness.record([event], testNow - (count - index) * second);
  }
  return { ...harness, dns };
};

const dnsOf = (answer: Parameters<typeof toPage>[0]) =>
  toPage(answer).data.map((one) => one.thisDN);

describe("GET /v1/registrations as a list", () => {
  it("is ordered by change, newest first, and ends with a null cursor", async () => {
    const { list, dns } = await createPopulation(20);
    const answer = await list("");
    expect(dnsOf(answer)).toEqual(dns.toReversed());
    expect(answer.body).toMatchObject({ nextCursor: null, asOf: "2026-11-20T02:59:00.123000Z" });
  });

  it("has 50 registrations a page by default", async () => {
    const { list } = await createPopulation(51);
    expect(toPage(await list("")).data).toHaveLength(50);
    expect(toPage(await list("limit=500")).data).toHaveLength(51);
    expect(toPage(await list("limit=1")).data).toHaveLength(1);
  });

  it("pages without gaps or repeats, although changes are written in between", async () => {
    const { list, record, dns } = await createPopulation(23);
    const seen: unknown[] = [];
    let query = "limit=5";
    for (let page = 0; page < 5; page += 1) {
      const answer = await list(query);
      seen.push(...dnsOf(answer));
      query = `limit=5&cursor=${toPage(answer).nextCursor}`;
      await record([registered({ thisDN: `new-${page}` })], testNow + page);
    }
    expect(seen).toEqual(dns.toReversed());
    expect(query).toBe("limit=5&cursor=null");
  });

  it("follows changes oldest first from changedSince, inclusive", async () => {
    const { list, dns } = await createPopulation(9);
    const since = new Date((testNow - 4 * second) / 1000).toISOString();
    const first = await list(`changedSince=${since}&limit=3`);
    expect(dnsOf(first)).toEqual(dns.slice(5, 8));
    const rest = await list(`changedSince=${since}&cursor=${toPage(first).nextCursor}`);
    expect(dnsOf(rest)).toEqual(dns.slice(8));
  });

  it.each([
    ["status=registered", 6],
    ["status=unregistered", 3],
    ["verdict=expected", 2],
    ["verdict=unexpected", 1],
    ["status=registered&verdict=expected", 0],
    ["server=SIPTS750", 9],
    ["server=SIPTS750&status=unregistered", 3],
    ["server=SIPTS751", 0],
  ])("filters by %s", async (query, count) => {
    const { list } = await createPopulation(9);
    expect(toPage(await list(query)).data).toHaveLength(count);
  });

  it.each([
    ["an unknown parameter", "SECRET=1", "unknown parameter"],
    ["a name of JavaScript's own", "constructor=1", "unknown parameter"],
    ["a parameter given twice", "limit=1&limit=SECRET", "limit may be given only once"],
    ["an unknown status", "status=SECRET", "status must be"],
    ["an unknown verdict", "verdict=SECRET", "verdict must be"],
    ["an empty server", "server=", "server must have 1 to 128"],
    ["a long server", `server=${"s".repeat(129)}`, "server must have 1 to 128"],
    ["a changedSince that is not a time", "changedSince=SECRET", "changedSince is not ISO 8601"],
    ["a changedSince whose plus is a plus", "changedSince=2026-11-20T02:58:00 00:00", "%2B"],
    ["a limit of 0", "limit=0", "limit must be at least 1"],
    ["a limit of 501", "limit=501", "limit must be at most 500"],
    ["a limit that is not a whole number", "limit=1.5", "limit must be a whole number"],
    ["an empty limit", "limit=", "limit must be a whole number"],
    ["a cursor that is not one", "cursor=SECRET", "cursor does not belong to this list"],
    ["an empty cursor", "cursor=", "cursor must have"],
    ["at without thisDN", "at=2026-11-20T02:58:00Z", "at needs thisDN"],
  ])("answers 400 to %s", async (_, query, detail) => {
    const answer = await createQueryHarness().list(query);
    expect(answer).toMatchObject(badParameters(detail));
    expect(answer.text).not.toContain("SECRET");
  });

  it("answers 400 to a cursor of another order", async () => {
    const { list } = await createPopulation(3);
    const { nextCursor } = toPage(await list("limit=1"));
    expect(await list(`changedSince=2026-11-20T00:00:00Z&cursor=${nextCursor}`)).toMatchObject(
      badParameters("cursor does not belong to this list"),
    );
  });
});

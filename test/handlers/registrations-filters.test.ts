import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { buildConnection } from "../support/build-connection.ts";
import { baseTime, registered, retired } from "../support/build-event.ts";
import { connectionMapKey } from "../support/in-memory-alerting.ts";
import { badParameters, createQueryHarness, toPage } from "../support/query-harness.ts";
import { walkPages } from "../support/walk-pages.ts";

const second = 1_000_000;
const day = 86_400 * second;
const b = { application: "bridge-b" };
const since = "changedSince=2026-01-01T00:00:00Z";

/** Five DNs that changed one after the other, the last two retired: one just now, one 31 days ago. */
const createPopulation = async () => {
  const harness = createQueryHarness();
  const silent = buildConnection({ application: "bridge-b", silentSince: baseTime + 1 });
  harness.alerting.connections.set(connectionMapKey(silent), silent);
  const events = [
    registered({ thisDN: "7001", customerID: "acme" }),
    registered({ thisDN: "7002", customerID: "other" }),
    registered({ thisDN: "+49", customerID: "acme", ...b }),
    registered({ thisDN: "7010", customerID: "acme" }),
    registered({ thisDN: "7011" }),
  ];
  for (const [index, event] of events.entries())
    await harness.record([event], testNow - 40 * day + index);
  await harness.record([retired({ thisDN: "7011", time: baseTime + 1 })], testNow - 31 * day);
  await harness.record([retired({ thisDN: "7010", time: baseTime + 1 })], testNow - second);
  const dnsOf = async (query: string) => {
    const pages = await walkPages(harness.ask, "GET /v1/registrations", query);
    return pages
      .flatMap((page) => page.map((one) => new Map(Object.entries(Object(one)))))
      .map((one) => one.get("thisDN"));
  };
  return { ...harness, dnsOf };
};

describe("GET /v1/registrations as a list, by its filters and orders", () => {
  it.each([
    ["", ["+49", "7002", "7001"]],
    ["order=newest", ["+49", "7002", "7001"]],
    ["order=oldest", ["7001", "7002", "+49"]],
    ["customerID=acme", ["+49", "7001"]],
    ["customerID=acme&order=oldest&limit=1", ["7001", "+49"]],
    ["customerID=acm", []],
    ["prefix=70", ["7002", "7001"]],
    ["prefix=%2B4", ["+49"]],
    ["application=bridge-b", ["+49"]],
    ["stale=true", ["+49"]],
    ["stale=false&limit=1", ["7002", "7001"]],
    ["stale=true&customerID=other", []],
    ["retired=true", ["7010", "+49", "7002", "7001"]],
    ["retired=true&order=oldest&limit=1", ["7001", "7002", "+49", "7010"]],
    ["retired=true&stale=true", ["+49"]],
    ["retired=true&customerID=acme&application=bridge-a", ["7010", "7001"]],
    ["retired=false", ["+49", "7002", "7001"]],
    [since, ["7001", "7002", "+49", "7010"]],
    [`${since}&limit=1`, ["7001", "7002", "+49", "7010"]],
    [`${since}&order=oldest`, ["7001", "7002", "+49", "7010"]],
    [`${since}&retired=true`, ["7001", "7002", "+49", "7010"]],
    [`${since}&retired=false`, ["7001", "7002", "+49"]],
    [`${since}&status=unregistered`, ["7010"]],
    [`${since}&status=registered`, ["7001", "7002", "+49"]],
    ["changedSince=2026-11-20T02:59:00Z", ["7010"]],
  ])("answers ?%s", async (query, expected) => {
    const { dnsOf } = await createPopulation();
    expect(await dnsOf(query)).toEqual(expected);
  });

  it("says when a registration was retired, in a list and by DN, and no longer once it is back", async () => {
    const { list, one, record } = await createPopulation();
    const retiredAt = "2026-11-20T02:58:00.123457Z";
    const [listed] = toPage(await list(`${since}&prefix=7010`)).data;
    expect(listed).toMatchObject({ thisDN: "7010", status: "unregistered", retiredAt });
    expect(toPage(await one("7010")).data).toEqual([listed]);
    expect(toPage(await list("thisDN=7010")).data).toEqual([listed]);
    expect(toPage(await one("7011")).data).toMatchObject([{ retiredAt }]);
    await record([registered({ thisDN: "7010", time: baseTime + 9 })], testNow);
    const [back] = toPage(await list(`${since}&prefix=7010`)).data;
    expect(back).toMatchObject({ thisDN: "7010", status: "registered" });
    expect(back).not.toHaveProperty("retiredAt");
  });

  it.each([
    ["an empty customer", "customerID=", "customerID must have 1 to 128"],
    ["a long customer", `customerID=${"c".repeat(129)}`, "customerID must have 1 to 128"],
    ["an empty prefix", "prefix=", "prefix must have 1 to 255"],
    ["an empty application", "application=", "application must have 1 to 64"],
    ["another word for stale", "stale=SECRET", "stale must be true or false"],
    ["an empty stale", "stale=", "stale must be true or false"],
    ["another word for retired", "retired=1", "retired must be true or false"],
    ["an unknown order", "order=SECRET", "order must be newest or oldest"],
    [
      "the newest first since a time",
      `order=newest&${since}`,
      "order must be oldest with changedSince",
    ],
    ["a filter given twice", "prefix=7&prefix=8", "prefix may be given only once"],
    ["a filter of lists beside a DN", "thisDN=7001&stale=true", "unknown parameter"],
  ])("answers 400 to %s", async (_, query, detail) => {
    const answer = await createQueryHarness().list(query);
    expect(answer).toMatchObject(badParameters(detail));
    expect(answer.text).not.toContain("SECRET");
  });

  it.each([
    ["order=oldest", "order=newest"],
    ["order=newest", "order=oldest"],
    ["", since],
  ])("answers 400 to a cursor of ?%s with ?%s", async (query, other) => {
    const { list } = await createPopulation();
    const { nextCursor } = toPage(await list(`${query}&limit=1`));
    expect(nextCursor).not.toBeNull();
    expect(await list(`${other}&cursor=${nextCursor}`)).toMatchObject(
      badParameters("cursor does not belong to this list"),
    );
  });

  it("goes on from a copy to its changes by one cursor, as both have the oldest first", async () => {
    const { list } = await createPopulation();
    const { nextCursor } = toPage(await list("order=oldest&limit=2"));
    const rest = toPage(await list(`${since}&cursor=${nextCursor}`));
    expect(rest.data.map(({ thisDN }) => thisDN)).toEqual(["+49", "7010"]);
  });
});

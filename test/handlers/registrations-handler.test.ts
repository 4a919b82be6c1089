import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { badParameters, createQueryHarness, toPage } from "../support/query-harness.ts";

const minute = 60_000_000;
const asOf = "2026-11-20T02:59:00.123000Z"; // A minute before `testNow`.

const dnsOf = (answer: Parameters<typeof toPage>[0]) =>
  toPage(answer)
    .data.map(({ thisDN }) => thisDN)
    .toSorted();

const repeat = (count: number) =>
  Array.from({ length: count }, (_, index) => `thisDN=${7000 + index}`).join("&");

describe("GET /v1/registrations?thisDN=…", () => {
  it("answers one registration for each server", async () => {
    const { list, record } = createQueryHarness();
    await record([registered(), registered({ server: "SIPTS751", thisDN: "7001" })]);
    const answer = await list("thisDN=7001");
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.body).toEqual({
      data: ["SIPTS750", "SIPTS751"].map((server) => ({
        thisDN: "7001",
        server,
        status: "registered",
        statusSince: "2026-11-20T02:58:00.123456Z",
        changedAt: "2026-11-20T03:00:00.123000Z",
        confirmedAt: "2026-11-20T02:58:00.123456Z",
        addressType: "AddressTypeDN",
        applications: [
          {
            name: "bridge-a",
            status: "registered",
            statusSince: "2026-11-20T02:58:00.123456Z",
            confirmedAt: "2026-11-20T02:58:00.123456Z",
          },
        ],
      })),
      nextCursor: null,
      asOf,
    });
  });

  it("answers several DNs and leaves out those never seen", async () => {
    const { list, record } = createQueryHarness();
    await record(["7001", "7002", "7003"].map((thisDN) => registered({ thisDN })));
    expect(dnsOf(await list("thisDN=7003&thisDN=7009&thisDN=7001"))).toEqual(["7001", "7003"]);
    expect((await list("thisDN=7009")).body).toEqual({ data: [], nextCursor: null, asOf });
  });

  it("answers a DN once that is asked for twice", async () => {
    const { list, record } = createQueryHarness();
    await record([registered()]);
    expect(dnsOf(await list("thisDN=7001&thisDN=7001"))).toEqual(["7001"]);
  });

  it("reads a plus as a plus, escaped or not, and a space only as %20", async () => {
    const { list, record } = createQueryHarness();
    const dns = ["+49301", "a b", "x,y", "a%b"];
    await record(dns.map((thisDN) => registered({ thisDN })));
    const found = (query: string) => list(query).then(dnsOf);
    expect(await found("thisDN=+49301")).toEqual(["+49301"]);
    expect(await found("thisDN=%2B49301")).toEqual(["+49301"]);
    expect(await found("thisDN=a%20b")).toEqual(["a b"]);
    expect(await found("thisDN=a+b")).toEqual([]);
    expect(await found("thisDN=x,y")).toEqual(["x,y"]);
    expect(await found("thisDN=a%25b")).toEqual(["a%b"]);
  });

  it("accepts 100 DNs and answers 400 to 101", async () => {
    const { list } = createQueryHarness();
    expect((await list(repeat(100))).status).toBe(200);
    expect(await list(repeat(101))).toMatchObject(badParameters("100"));
  });

  it("answers 400 to a query string that cannot be decoded", async () => {
    const { list } = createQueryHarness();
    expect(await list("thisDN=%FF")).toMatchObject(badParameters("percent-encoded"));
  });

  it("answers 400 to a query string over 6 kB", async () => {
    const { list } = createQueryHarness();
    expect((await list(`thisDN=1&thisDN=${"2".repeat(255)}`)).status).toBe(200);
    expect(await list(`thisDN=1${"&".repeat(6000)}`)).toMatchObject(badParameters("6000 bytes"));
  });

  it.each([
    ["an empty DN", "thisDN=", "1 to 255"],
    ["a DN of 256 characters", `thisDN=${"7".repeat(256)}`, "1 to 255"],
    ["a parameter of the list", "thisDN=7001&status=registered", "with thisDN"],
    ["an unknown parameter", "thisDN=7001&server=SECRET", "with thisDN"],
    [
      "an at without an offset",
      "thisDN=7001&at=2026-11-20T02:58:00",
      "at has no offset: end it with Z",
    ],
    [
      "an at given twice",
      "thisDN=7001&at=2026-11-20T02:58:00Z&at=SECRET",
      "at may be given only once",
    ],
    ["an at before the history's retention", "thisDN=7001&at=2025-10-01T00:00:00Z", "retention"],
  ])("answers 400 to %s", async (_, query, detail) => {
    const answer = await createQueryHarness().list(query);
    expect(answer).toMatchObject(badParameters(detail));
    expect(answer.text).not.toContain("SECRET");
  });
});

describe("GET /v1/registrations?thisDN=…&at=…", () => {
  it("answers the registrations as they were then, by the T-Server's time", async () => {
    const { list, record } = createQueryHarness();
    await record([registered()]);
    await record([unregistered({ time: baseTime + minute })]);
    const at = (time: string) => list(`thisDN=7001&at=${time}`).then(toPage);
    expect((await at("2026-11-20T02:58:00.123455Z")).data).toEqual([]);
    expect((await at("2026-11-20T02:58:00.123456Z")).data).toMatchObject([
      { status: "registered" },
    ]);
    expect((await at("2026-11-20T02:59:00.123456%2B00:00")).data).toMatchObject([
      { status: "unregistered", verdict: "unexpected" },
    ]);
  });

  it("looks back only as far as the history is kept", async () => {
    const { list } = createQueryHarness();
    const edge = new Date(testNow / 1000 - 400 * 86_400_000).toISOString();
    expect((await list(`thisDN=7001&at=${edge}`)).status).toBe(200);
  });
});

describe("GET /v1/registrations/{thisDN}", () => {
  it("answers the registrations of the DN", async () => {
    const { one, record } = createQueryHarness();
    await record([registered({ thisDN: "+49301:7" })]);
    const answer = await one("+49301:7");
    expect(answer).toMatchObject({ status: 200, body: { data: [{ thisDN: "+49301:7" }], asOf } });
  });

  it.each([
    ["never seen", "7009"],
    ["too long to be a DN", "7".repeat(256)],
    ["empty", ""],
  ])("answers 404 to a DN that is %s", async (_, thisDN) => {
    expect(await createQueryHarness().one(thisDN)).toMatchObject({
      status: 404,
      headers: { "content-type": "application/problem+json" },
      body: { type: "urn:dn-registration-adapter:problem:never-seen", status: 404 },
    });
  });

  it("answers 404 when API Gateway has no DN in the path", async () => {
    const { ask } = createQueryHarness();
    expect(await ask("GET /v1/registrations/{thisDN}")).toMatchObject({ status: 404 });
  });

  it("answers 400 to any parameter", async () => {
    const { one } = createQueryHarness();
    expect(await one("7001", "limit=5")).toMatchObject(badParameters("no parameters"));
  });
});

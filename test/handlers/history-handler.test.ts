import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { badParameters, createQueryHarness, toPage } from "../support/query-harness.ts";

const minute = 60_000_000;
const at = (index: number) => baseTime + index * minute;
const idsOf = (answer: Parameters<typeof toPage>[0]) => toPage(answer).data.map(({ id }) => id);
const morning = Array.from({ length: 12 }, (_, index) => registered({ time: at(index) }));
const newestFirst = morning.toReversed().map(({ id }) => id);

describe("GET /v1/history", () => {
  it("shows everything that was received of an event", async () => {
    const { history, record } = createQueryHarness();
    const event = unregistered({
      referenceID: 4,
      errorCode: 59,
      errorMessage: "x".repeat(300),
      customerID: "Resources",
      extensions: { "conn-1": "0071" },
      other: { Unknown: 1 },
    });
    await record([event]);
    const answer = await history("thisDN=7001");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: [
        {
          id: event.id,
          event: "EventUnregistered",
          time: "2026-11-20T02:58:00.123456Z",
          receivedAt: "2026-11-20T03:00:00.123000Z",
          server: "SIPTS750",
          application: "bridge-a",
          outcome: "applied",
          keyId: "key_1",
          referenceID: 4,
          errorCode: 59,
          errorMessage: "x".repeat(300),
          customerID: "Resources",
          extensions: { "conn-1": "0071" },
          other: { Unknown: 1 },
        },
      ],
      nextCursor: null,
    });
  });

  it("is ordered newest first and pages by cursor, although rows are written in between", async () => {
    const { history, record } = createQueryHarness();
    await record(morning);
    const first = await history("thisDN=7001&limit=5");
    await record([registered({ time: at(20) })], testNow + 1);
    const second = await history(`thisDN=7001&limit=5&cursor=${toPage(first).nextCursor}`);
    const third = await history(`thisDN=7001&limit=5&cursor=${toPage(second).nextCursor}`);
    expect([first, second, third].flatMap(idsOf)).toEqual(newestFirst);
    expect(toPage(third).nextCursor).toBeNull();
  });

  it("answers 400 to a query string that cannot be decoded", async () => {
    const { history } = createQueryHarness();
    expect(await history("thisDN=%FF")).toMatchObject({ status: 400 });
  });

  it("has 50 entries a page by default", async () => {
    const { history, record } = createQueryHarness();
    await record(Array.from({ length: 51 }, (_, index) => registered({ time: at(index) })));
    expect(toPage(await history("thisDN=7001")).data).toHaveLength(50);
    expect(toPage(await history("thisDN=7001&limit=51")).data).toHaveLength(51);
  });

  it("accepts from and to, both inclusive", async () => {
    const { history, record } = createQueryHarness();
    await record(morning);
    const query = "from=2026-11-20T03:00:00.123456Z&to=2026-11-20T03:02:00.123456Z";
    expect(idsOf(await history(`thisDN=7001&${query}`))).toEqual(newestFirst.slice(7, 10));
    const backwards = "from=2026-11-20T03:02:00Z&to=2026-11-20T03:00:00Z";
    expect(idsOf(await history(`thisDN=7001&${backwards}`))).toEqual([]);
  });

  it.each([
    ["server=SIPTS751", ["b"]],
    ["application=bridge-c", ["c"]],
    ["server=SIPTS751&application=bridge-c", []],
  ])("filters by %s", async (query, ids) => {
    const { history, record } = createQueryHarness();
    const others = [
      { id: "b", server: "SIPTS751" },
      { id: "c", application: "bridge-c" },
    ];
    await record([registered(), ...others.map((changes) => registered(changes))]);
    expect(idsOf(await history(`thisDN=7001&${query}`))).toEqual(ids);
  });

  it.each([
    ["no DN", "server=SIPTS750", "thisDN is missing"],
    ["an empty DN", "thisDN=", "thisDN must have 1 to 255"],
    ["two DNs", "thisDN=7001&thisDN=7002", "thisDN may be given only once"],
    ["an unknown parameter", "thisDN=7001&SECRET=1", "unknown parameter"],
    ["a long application", `thisDN=7001&application=${"a".repeat(65)}`, "application must have"],
    ["a from that is not a time", "thisDN=7001&from=SECRET", "from is not ISO 8601"],
    ["a to that is not a time", "thisDN=7001&to=SECRET", "to is not ISO 8601"],
    [
      "a plus that became a space",
      "thisDN=7001&from=2026-11-20T03:58:00%2001:00",
      "from has a space where the sign of its offset must be: in a URL, write a plus as %2B",
    ],
    ["milliseconds", "thisDN=7001&from=1795143480123", "from is a bare number, which looks like"],
    ["a limit of 501", "thisDN=7001&limit=501", "at most 500"],
    [
      "a cursor that is not one",
      "thisDN=7001&cursor=SECRET",
      "cursor does not belong to this list",
    ],
  ])("answers 400 to %s", async (_, query, detail) => {
    const answer = await createQueryHarness().history(query);
    expect(answer).toMatchObject(badParameters(detail));
    expect(answer.text).not.toContain("SECRET");
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxServers } from "../../lambda/domain/rules.ts";
import { testNow } from "../support/api-event.ts";
import { buildConnection } from "../support/build-connection.ts";
import { bridgeKey, rawUnregistered } from "../support/build-event.ts";
import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../support/in-memory-store.ts";
import { createIngestHarness, type IngestSurroundings } from "../support/ingest-harness.ts";
import { about, counted, named, setUp } from "../support/server-places.ts";

describe("the servers of an application", () => {
  it("are at most as many as the setting says: others are rejected, kept and counted", async () => {
    const { post, store, servers, rejected, metrics } = setUp();
    const answer = await post(named(0, 5));
    const refused = {
      outcome: "rejected",
      problems: [
        {
          pointer: "/3/ServerName",
          code: "too-many-servers",
          detail: expect.stringMatching(/named 3 T-Servers.*npm run retire.*serversPerKey/),
        },
      ],
    };
    expect(answer).toMatchObject({ status: 207, body: { results: [{}, {}, {}, refused, {}] } });
    expect(servers()).toEqual(["S0", "S1", "S2"]);
    expect([...store.statuses.values()].map(({ server }) => server)).toEqual(servers());
    expect(rejected).toHaveLength(2);
    expect(metrics).toContainEqual({ name: "ServersRefused", value: 2, unit: "Count" });
  });

  it("are counted by application, and a heartbeat takes a place too", async () => {
    const other = bridgeKey({ name: "bridge-b", key: `whsec_${"B".repeat(32)}` });
    const { post, outcomesOf } = setUp({ keys: [bridgeKey(), other] });
    await post(named(0, 2));
    expect((await post({ serverName: "S2", events: [] })).status).toBe(200);
    const answer = await post({ serverName: "S3", closing: true });
    expect(answer).toMatchObject({
      status: 422,
      body: { type: expect.stringMatching(/:too-many-servers$/) },
    });
    expect(await outcomesOf(named(2, 4))).toEqual(["applied", "rejected"]);
    expect((await post(named(3, 6), { key: other.key })).status).toBe(200);
  });

  it("cost no place where nothing of them is valid, and the key's own name none beside a refused one", async () => {
    const { post, store, servers } = setUp({
      serversPerKey: 1,
      keys: [bridgeKey({ serverName: "K" })],
    });
    await post({ serverName: "S9", events: [5] });
    expect(store.names.size).toBe(0);
    await post(named(0, 1));
    expect((await post([about("S1"), { Event: "EventEstablished" }])).status).toBe(207);
    expect(servers()).toEqual(["S0"]);
  });

  it("cost no call in an execution environment that knows them, and no write in a new one", async () => {
    const { ports, calls } = counted();
    const { post } = setUp(ports);
    await post(named(0, 2));
    // Both lists and that of the metrics; two places in each.
    expect(calls()).toEqual([3, 6, 0]);
    await post(named(0, 2));
    await post({ serverName: "S1", events: [] });
    expect(calls()).toEqual([3, 6, 0]);
    await setUp(ports).post(named(0, 2));
    expect(calls()).toEqual([6, 6, 0]);
  });

  it("cost no write and one look at all connections a second once the list is full", async () => {
    const { ports, calls } = counted();
    let now = testNow;
    const { post } = setUp({ ...ports, now: () => now });
    await post(named(0, 3));
    const [, claims] = calls();
    for (let request = 0; request < 5; request += 1) await post(named(100, 200));
    expect(calls().slice(1)).toEqual([claims, 1]);
    now += 1_000_000;
    await post(named(100, 101));
    expect(calls().slice(1)).toEqual([claims, 2]);
  });

  it("keep their place where they were known before there were lists", async () => {
    const { store, outcomesOf } = setUp({ serversPerKey: 1 });
    await store.writeConnection(buildConnection({ server: "S1" }));
    expect(await outcomesOf(named(0, 3))).toEqual(["applied", "applied", "rejected"]);
  });

  it("that are retired free their places, for the application and the stage", async () => {
    const { store, outcomesOf, retire } = setUp();
    await outcomesOf(named(0, 3));
    retire("S1");
    expect(await outcomesOf(named(3, 5))).toEqual(["applied", "rejected"]);
    expect(store.names.get("servers of bridge-a")).toEqual(new Set(["S0", "S2", "S3"]));
    expect(store.names.get("servers")).toEqual(new Set(["S0", "S2", "S3"]));
    expect(store.names.get("servers with metrics")).toEqual(new Set(["S0", "S2", "S3"]));
  });

  it("that were claimed by requests that failed free their places a minute after they were missed", async () => {
    let now = testNow;
    const { store, outcomesOf } = setUp({ now: () => now });
    for (const list of ["servers of bridge-a", "servers"]) await store.claimName(list, "TYPO", 9);
    expect(await outcomesOf(named(0, 3))).toEqual(["applied", "applied", "rejected"]);
    now += 59_000_000;
    expect(await outcomesOf(named(2, 3))).toEqual(["rejected"]);
    now += 1_000_000;
    expect(await outcomesOf(named(2, 3))).toEqual(["applied"]);
    expect(store.names.get("servers")).toEqual(new Set(["S0", "S1", "S2"]));
  });

  it("that were freed keep the place that a request under way has claimed since", async () => {
    let now = testNow;
    const { store, outcomesOf } = setUp({ now: () => now });
    const claim = async (name: string) => {
      for (const list of ["servers of bridge-a", "servers"]) await store.claimName(list, name, 9);
    };
    for (const name of ["TYPO", "LATE"]) await claim(name);
    expect(await outcomesOf(named(0, 2))).toEqual(["applied", "rejected"]);
    now += 60_000_000;
    expect(await outcomesOf(named(1, 2))).toEqual(["applied"]);
    await claim("LATE");
    now += 2_000_000;
    expect(await outcomesOf(named(2, 3))).toEqual(["rejected"]);
    expect(store.names.get("servers")).toEqual(new Set(["S0", "S1", "LATE"]));
  });

  it("that are retired keep the stage's place while another bridge has them", async () => {
    const { store, outcomesOf, retire } = setUp();
    await outcomesOf(named(0, 3));
    await store.writeConnection(buildConnection({ server: "S1", application: "bridge-b" }));
    retire("S1");
    expect(await outcomesOf(named(3, 4))).toEqual(["applied"]);
    expect(store.names.get("servers")).toEqual(new Set(["S0", "S1", "S2", "S3"]));
  });

  it("come back from retirement only where there is room", async () => {
    const { store, outcomesOf, retire } = setUp();
    await outcomesOf(named(0, 3));
    retire("S1");
    await outcomesOf(named(3, 4));
    const another = setUp({ ...store });
    expect(await another.outcomesOf(named(1, 2))).toEqual(["rejected"]);
  });

  it("are forgotten by an execution environment that has met a thousand", async () => {
    const { ports, calls } = counted();
    const { post, store } = setUp(ports);
    const names = new Set(Array.from({ length: 1001 }, (_, index) => `S${index}`));
    for (const list of ["servers", "servers of bridge-a"]) store.names.set(list, names);
    await post(named(0, 500));
    await post(named(500, 1000));
    const [before = 0] = calls();
    await post(named(0, 1));
    expect(calls()[0]).toBe(before);
    await post(named(1000, 1001));
    await post(named(0, 1));
    expect(calls()[0]).toBe(before + 4);
  });

  it("are asked for again with 503 where the lists do not answer", async () => {
    const { post, servers } = setUp({ readNames: () => Promise.reject(new Error("down")) });
    expect((await post(named(0, 1))).status).toBe(503);
    expect(servers()).toEqual([]);
  });
});

describe("the servers of a stage", () => {
  const full = async (surroundings: IngestSurroundings = {}) => {
    const harness = setUp(surroundings);
    const names = Array.from({ length: maxServers - 1 }, (_, index) => `known ${index}`);
    harness.store.names.set("servers", new Set(names));
    return harness;
  };

  it("are at most a thousand, and one too many costs its application no place", async () => {
    const { post, store } = await full();
    await post(named(0, 1));
    const answer = await post(named(1, 2));
    expect(answer.body).toMatchObject({
      results: [
        { problems: [{ code: "too-many-servers", detail: expect.stringContaining("1000") }] },
      ],
    });
    expect(store.names.get("servers of bridge-a")).toEqual(new Set(["S0"]));
  });

  it("are at most a thousand where another execution environment was faster", async () => {
    const alerting = createInMemoryAlerting();
    const claimName = async (list: string, name: string, limit: number) =>
      list !== "servers" && alerting.claimName(list, name, limit);
    const { outcomesOf } = await full({ ...alerting, claimName });
    expect(await outcomesOf(named(0, 1))).toEqual(["rejected"]);
  });
});

/** A store whose every call takes its turn as the schedule says. */
const scheduled = <Ports extends object>(scheduler: fc.Scheduler, ports: Ports): Ports => {
  const slow = Object.entries(ports).map(([name, port]) => [
    name,
    typeof port === "function" ? scheduler.scheduleFunction(port) : port,
  ]);
  return { ...ports, ...Object.fromEntries(slow) };
};

describe("a bridge that invents names", () => {
  it("never gets more than its limit into the store, however its requests interleave over execution environments", async () => {
    const name = fc.nat(9).map((index) => `S${index}`);
    const event = fc.oneof(
      name.map((server) => about(server)),
      name.map((server) => rawUnregistered({ ServerName: server, ThisDN: "7001" })),
      name.map((ServerName) => ({
        Event: "EventLinkDisconnected",
        ServerName,
        time: 1_795_143_480,
      })),
    );
    const request = fc.oneof(
      fc.array(event, { minLength: 1, maxLength: 6 }),
      name.map((serverName) => ({ serverName, events: [] })),
      fc
        .tuple(name, fc.array(event, { maxLength: 2 }))
        .map(([serverName, events]) => ({ serverName, events })),
    );
    const requests = fc.array(fc.tuple(fc.nat(2), request), { minLength: 1, maxLength: 8 });
    const limits = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), requests, limits, async (scheduler, sent, serversPerKey) => {
        const store = { ...createInMemoryStore(), ...createInMemoryAlerting() };
        const environments = Array.from({ length: 3 }, () =>
          createIngestHarness({ ...scheduled(scheduler, store), serversPerKey }),
        );
        const answers = sent.map(([index, body]) => environments[index]?.post(body));
        await scheduler.waitFor(Promise.all(answers));
        const known = new Set([...store.connections.values()].map(({ server }) => server));
        const statuses = new Set([...store.statuses.values()].map(({ server }) => server));
        expect(known.size).toBeLessThanOrEqual(serversPerKey);
        expect(statuses.size).toBeLessThanOrEqual(serversPerKey);
        expect(await store.readStatusesOfDn("7001")).toHaveLength(statuses.size);
      }),
      { numRuns: 60 },
    );
  });
});

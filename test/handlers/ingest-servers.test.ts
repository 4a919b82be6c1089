import { describe, expect, it } from "vitest";
import { formatTime } from "../../lambda/domain/time.ts";
import { testNowSeconds } from "../support/api-event.ts";
import { baseTime, bridgeKey, rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { createIngestHarness, type IngestSurroundings } from "../support/ingest-harness.ts";

const own = bridgeKey({ servers: ["SIPTS750", "SIPTS751"] });
const foreign = "SWITCH1";
const time = formatTime(baseTime);
const session = { id: "a", startedAt: time };

const setUp = (surroundings: IngestSurroundings = {}) => {
  const harness = createIngestHarness({ keys: [own], ...surroundings });
  const { store, metrics } = harness;
  const stored = () => [store.statuses.size, store.history.size, store.connections.size];
  const servers = () => [...store.connections.values()].map(({ server }) => server);
  const refused = () =>
    metrics.filter(({ name }) => name === "ServersRefused").map(({ value }) => value);
  return { ...harness, stored, servers, refused };
};
const problem = (pointer: string) => ({
  results: [{ outcome: "rejected", problems: [{ pointer, code: "server-not-allowed" }] }],
});

describe("a key with a list of servers", () => {
  it("takes what is about a server of its list", async () => {
    const { post, servers, refused } = setUp();
    expect((await post(rawRegistered())).status).toBe(200);
    expect((await post({ serverName: "SIPTS751", events: [] })).status).toBe(200);
    expect(servers()).toEqual(["SIPTS750", "SIPTS751"]);
    expect(refused()).toEqual([]);
  });

  it.each([
    ["an EventRegistered", rawRegistered({ ServerName: foreign })],
    ["an EventUnregistered", rawUnregistered({ ServerName: foreign })],
    ["an EventError", { Event: "EventError", ServerName: foreign, ThisDN: "1", time }],
    ["an EventLinkDisconnected", { Event: "EventLinkDisconnected", ServerName: foreign, time }],
    ["an EventServerConnected", { Event: "EventServerConnected", ServerName: foreign, time }],
    ["an EventUnregisteredAll", { Event: "EventUnregisteredAll", ServerName: foreign, time }],
  ])("rejects %s of another server, and stores nothing of it", async (_, event) => {
    const { post, stored, rejected, refused } = setUp();
    expect(await post(event)).toMatchObject({ status: 422, body: problem("/ServerName") });
    expect(stored()).toEqual([0, 0, 0]);
    expect(rejected).toMatchObject([{ problems: [{ code: "server-not-allowed" }] }]);
    expect(refused()).toEqual([1]);
  });

  const nameless = rawRegistered({ ServerName: null });
  it.each([
    ["/Server", rawRegistered({ ServerName: null, Server: foreign }), {}],
    ["/AttributeServer", { ...nameless, Server: null, AttributeServer: foreign }, {}],
    ["/serverName", { serverName: foreign, events: [nameless] }, {}],
    ["/events/0/ServerName", { events: [rawRegistered({ ServerName: foreign })] }, {}],
    [
      "/source",
      { specversion: "1.0", id: "1", source: foreign, type: "t", data: nameless },
      { headers: { "content-type": "application/cloudevents+json" } },
    ],
  ])("points to where the name came from: %s", async (pointer, body, options) => {
    const { post, stored } = setUp();
    expect((await post(body, options)).body).toMatchObject(problem(pointer));
    expect(stored()).toEqual([0, 0, 0]);
  });

  it("does not let the name that is bound to it go beyond its list", async () => {
    const { post, stored } = setUp({ keys: [{ ...own, serverName: foreign }] });
    expect((await post([nameless])).body).toMatchObject(problem("/0"));
    expect(await post([])).toMatchObject({
      status: 422,
      body: { type: expect.stringMatching(/:server-not-allowed$/) },
    });
    expect((await post([{ Event: "EventEstablished" }])).status).toBe(200);
    expect((await post("{")).status).toBe(400);
    expect(stored()).toEqual([0, 0, 0]);
  });

  it("spoils no other event, and what the envelope of another server says counts for none", async () => {
    const { post, store, servers, refused } = setUp();
    const events = [rawRegistered(), nameless, { Event: "EventEstablished" }];
    const body = { serverName: foreign, session, registered: 5, closing: true, events };
    expect(await post(body)).toMatchObject({
      status: 207,
      body: { results: [{ outcome: "applied" }, problem("/serverName").results[0], {}] },
    });
    expect(servers()).toEqual(["SIPTS750"]);
    const [connection] = store.connections.values();
    expect(connection).toMatchObject({ watched: false });
    expect(connection?.session).toBeUndefined();
    expect(refused()).toEqual([1]);
  });

  it.each([
    ["a heartbeat", { session, registered: 5 }],
    ["a planned stop", { closing: true }],
  ])("may send no %s of another server: the answer is final", async (_, said) => {
    const { post, stored, refused } = setUp();
    expect(await post({ serverName: foreign, ...said })).toMatchObject({
      status: 422,
      body: {
        type: "urn:dn-registration-adapter:problem:server-not-allowed",
        title: "Server not allowed",
        detail: expect.stringContaining("npm run keys -- add --name NAME --servers LIST"),
      },
    });
    expect(stored()).toEqual([0, 0, 0]);
    expect(refused()).toEqual([1]);
  });

  it("says nothing about connections of its bridge to other servers", async () => {
    const old = bridgeKey({ id: "old", key: `whsec_${"A".repeat(32)}` });
    const { post, store, servers } = setUp({ keys: [own, old] });
    await post({ serverName: foreign, events: [] }, { key: old.key });
    const before = structuredClone([...store.connections.values()]);
    await post(rawRegistered({ ServerName: foreign }));
    await post("{");
    await post(rawRegistered(), { timestamp: testNowSeconds - 400 });
    expect(servers()).toEqual([foreign]);
    expect([...store.connections.values()]).toEqual(before);
  });

  it("does not confuse a bridge's own connection with a server that it may not name", async () => {
    const { post, store } = setUp();
    await post(rawRegistered());
    await post(rawRegistered({ ServerName: foreign }));
    expect([...store.connections.values()].map(({ blind }) => blind)).toEqual([undefined]);
    await post({ serverName: "SIPTS750", events: [rawRegistered({ ServerName: foreign })] });
    expect([...store.connections.values()]).toMatchObject([
      { blind: { detail: "server-not-allowed" } },
    ]);
  });
});

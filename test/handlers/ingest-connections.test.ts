import { describe, expect, it, vi } from "vitest";
import { formatTime } from "../../lambda/domain/time.ts";
import { testNow, testNowSeconds } from "../support/api-event.ts";
import { baseTime, bridgeKey, rawRegistered } from "../support/build-event.ts";
import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import { createIngestHarness, type IngestSurroundings } from "../support/ingest-harness.ts";

const at = (micros: number) => formatTime(baseTime + micros);
const session = (id: string, micros: number) => ({ id, startedAt: at(micros) });
const about = (Event: string, micros: number, changes: object = {}) => ({
  Event,
  ServerName: "SIPTS750",
  time: at(micros),
  ...changes,
});
const error = (micros: number) => about("EventError", micros, { ThisDN: "7001", ErrorCode: 59 });
const heartbeat = { serverName: "SIPTS750", events: [] };
const failing = () => Promise.reject(new Error("down"));

const setUp = (surroundings: IngestSurroundings = {}) => {
  const harness = createIngestHarness(surroundings);
  const known = () => [...harness.store.connections.values()];
  const outcomesOf = async (body: unknown) => {
    const { body: answer } = await harness.post(body);
    return Object(answer).results.map(({ outcome }: { outcome: string }) => outcome);
  };
  return { ...harness, known, outcomesOf };
};

describe("what POST /v1/events learns of a connection", () => {
  it("is that it is alive, from a heartbeat", async () => {
    const { post, known } = setUp();
    expect((await post({ ...heartbeat, registered: 5 })).status).toBe(200);
    expect(known()).toMatchObject([
      {
        server: "SIPTS750",
        application: "bridge-a",
        watched: true,
        seenAt: testNow,
        registered: { count: 5 },
      },
    ]);
  });

  it("is its session, which its registrations carry", async () => {
    const { post, known, store } = setUp();
    await post({ session: session("a", -5), events: [rawRegistered()] });
    expect(known()).toMatchObject([{ session: { id: "a", startedAt: baseTime - 5 } }]);
    expect([...store.history.values()]).toMatchObject([{ session: baseTime - 5 }]);
    expect(store.requests.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 300]);
  });

  it("is what went down and up, once, in any order, and this is in no DN's history", async () => {
    const { outcomesOf, known, store, metrics } = setUp();
    const down = about("EventLinkDisconnected", 5);
    const earlier = about("EventLinkDisconnected", 4);
    expect(await outcomesOf([down, down, about("EventLinkConnected", 6)])).toEqual([
      "applied",
      "duplicate",
      "applied",
    ]);
    expect(await outcomesOf([earlier, down])).toEqual(["outdated", "duplicate"]);
    expect(known()).toMatchObject([{ linkDown: { at: baseTime + 5 }, revision: 1 }]);
    expect(store.history.size).toBe(0);
    expect(metrics.map(({ name, value }) => [name, value])).toEqual([
      ["EventsApplied", 2],
      ["EventsDuplicate", 1],
      ["EventsOutdated", 1],
      ["EventsDuplicate", 1],
    ]);
  });

  it("has an id and its warnings in the answer", async () => {
    const { post } = setUp();
    const ahead = { time: formatTime(testNow + 400e6) };
    expect((await post(about("EventServerDisconnected", 0, ahead))).body).toMatchObject({
      results: [
        {
          index: 0,
          id: expect.any(String),
          outcome: "applied",
          warnings: [{ code: "time-ahead" }],
        },
      ],
    });
  });

  it("is that everything was unregistered, which a sweep handles", async () => {
    const { outcomesOf, known } = setUp();
    expect(await outcomesOf(about("EventUnregisteredAll", 5, { ErrorCode: 59 }))).toEqual([
      "applied",
    ]);
    expect(known()).toMatchObject([{ sweeps: [{ purpose: { kind: "empty" } }] }]);
  });

  it("is an announced stop", async () => {
    const { post, known } = setUp();
    await post({ ...heartbeat, closing: true });
    expect(known()).toMatchObject([{ closedAt: testNow }]);
  });

  it("costs one read and one write for a request of 100 events, and nothing for the next ones", async () => {
    const alerting = createInMemoryAlerting();
    const readConnection = vi.fn(alerting.readConnection);
    const writeConnection = vi.fn(alerting.writeConnection);
    const { post } = setUp({ ...alerting, readConnection, writeConnection });
    for (let request = 0; request < 5; request += 1) {
      const events = Array.from({ length: 100 }, (_, dn) =>
        rawRegistered({ ThisDN: `${request}-${dn}` }),
      );
      await post({ session: session("a", 0), registered: request, events });
    }
    expect([readConnection, writeConnection].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it.each<[string, IngestSurroundings]>([
    ["a connection cannot be read", { readConnection: failing }],
    ["a connection cannot be written", { writeConnection: failing }],
    ["the evaluator's queue does not answer", { requestEvaluation: failing }],
  ])("is asked for again with 503 when %s; the events are stored by then", async (_, ports) => {
    const { post, store } = setUp(ports);
    expect((await post([rawRegistered(), about("EventLinkConnected", 1)])).status).toBe(503);
    expect(store.statuses.size).toBe(1);
  });

  it.each<[string, IngestSurroundings]>([
    ["the events could not be stored", { writeStatus: failing }],
    ["the rejected events could not be kept", { keepRejected: failing }],
  ])("is not recorded when %s", async (_, ports) => {
    const { post, known } = setUp(ports);
    expect((await post([rawRegistered(), 5])).status).toBe(503);
    expect(known()).toEqual([]);
  });

  it("is nothing from an envelope that is not valid", async () => {
    const { post, known, store } = setUp();
    const answer = await post({ session: { id: "a" }, events: [rawRegistered()] });
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining("/session/startedAt") },
    });
    expect([store.statuses.size, known()]).toEqual([0, []]);
  });
});

describe("an EventError", () => {
  it("that answers a registration after a reconnect makes the DN lost, with its cause", async () => {
    const { post, outcomesOf, store } = setUp();
    await post({ session: session("a", -9), events: [rawRegistered()] });
    const reconnect = { session: session("b", 5), events: [error(6)] };
    expect(await outcomesOf(reconnect)).toEqual(["applied"]);
    expect([...store.history.values()].at(-1)).toMatchObject({
      event: "EventUnregistered",
      derived: "refused",
      errorCode: 59,
      time: baseTime + 6,
    });
    expect(await outcomesOf(reconnect)).toEqual(["duplicate"]);
    expect(await outcomesOf(rawRegistered({ time: at(9) }))).toEqual(["applied"]);
    expect(await outcomesOf(error(10))).toEqual(["ignored"]);
  });

  it("of a DN that is registered, or of none, is ignored", async () => {
    const { post } = setUp();
    const answer = await post([rawRegistered(), error(5), about("EventError", 5)]);
    expect(answer.body).toMatchObject({
      results: [
        { outcome: "applied" },
        { index: 1, id: null, outcome: "ignored" },
        { index: 2, id: null, outcome: "ignored" },
      ],
    });
  });

  it("that the store will never take is rejected", async () => {
    const { post } = setUp({ writeStatus: async () => "refused" });
    expect((await post(error(5))).body).toMatchObject({
      results: [{ outcome: "rejected", problems: [{ code: "store-refused" }] }],
    });
  });
});

describe("a bridge that does not get through", () => {
  const blindOf = ({ known }: ReturnType<typeof setUp>) =>
    known().map(({ blind }) => [blind?.cause, blind?.detail]);
  const later = (seconds: number) => ({ id: "msg_2", timestamp: testNowSeconds + seconds });

  it("is recorded when its clock is off, and no longer when it is right", async () => {
    const harness = setUp();
    await harness.post(heartbeat);
    expect((await harness.post(heartbeat, later(400))).status).toBe(401);
    expect(blindOf(harness)).toEqual([["clock", expect.stringContaining("5 minutes")]]);
    await harness.post({ Event: "EventRinging" });
    expect(blindOf(harness)[0]?.[0]).toBe("clock");
    await harness.post(rawRegistered());
    expect(blindOf(harness)).toEqual([[undefined, undefined]]);
  });

  it("is not recorded for the clock of a caller whose key is wrong", async () => {
    const harness = setUp();
    await harness.post(heartbeat);
    await harness.post(heartbeat, { ...later(400), signature: "v1,AAAA" });
    expect(blindOf(harness)).toEqual([[undefined, undefined]]);
  });

  it.each([
    ["all its events are rejected", [{}, {}], 422, "missing"],
    ["its envelopes are malformed", { registered: -1 }, 400, "not-an-envelope"],
    ["it does not send JSON", "{", 400, "not-json"],
  ])("is recorded when %s", async (_, body, status, detail) => {
    const harness = setUp();
    await harness.post(heartbeat);
    expect((await harness.post(body)).status).toBe(status);
    expect(blindOf(harness)).toEqual([["rejected", detail]]);
  });

  it("is recorded for the server bound to its key, and creates no connection", async () => {
    const harness = setUp({ keys: [bridgeKey({ serverName: "SIPTS750" })] });
    await harness.post([{}]);
    expect(harness.known()).toEqual([]);
    await harness.post({});
    await harness.post("x", { headers: { "content-type": "text/plain" } });
    expect(harness.known()).toEqual([]);
  });

  it("gets its answer although that cannot be recorded", async () => {
    const { post, lines } = setUp({ readConnection: failing, readAllConnections: failing });
    expect((await post(heartbeat, later(400))).status).toBe(401);
    expect((await post({ serverName: "SIPTS750", events: [{}] })).status).toBe(422);
    const notes = lines.filter(({ message }) => message === "trouble of a bridge not recorded");
    expect(notes).toHaveLength(2);
  });
});

import { describe, expect, it } from "vitest";
import { testNow } from "../support/api-event.ts";
import { bridgeKey, rawRegistered, rawUnregistered, registered } from "../support/build-event.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";

const secret = "SECRET-7b1";
const isoNow = new Date(testNow / 1000).toISOString();
const iso = (offsetMinutes: number) =>
  new Date(testNow / 1000 + offsetMinutes * 60_000).toISOString();

describe("POST /v1/events", () => {
  it("answers 200 and applied when the event is stored", async () => {
    const { post, store } = createIngestHarness();
    const answer = await post(rawRegistered());
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    const id = expect.stringMatching(/^[\w-]{22}$/);
    expect(answer.body).toEqual({ results: [{ index: 0, id, outcome: "applied" }] });
    expect([...store.statuses.values()]).toMatchObject([
      { thisDN: "7001", server: "SIPTS750", applications: { "bridge-a": { registered: {} } } },
    ]);
    expect([...store.history.values()]).toMatchObject([
      { thisDN: "7001", receivedAt: testNow, keyId: "key_00000001", outcome: "applied" },
    ]);
  });

  it("answers duplicate when the event is stored already, in the same request or before", async () => {
    const { post } = createIngestHarness();
    const first = await post([rawRegistered(), rawRegistered()]);
    expect(first.body).toMatchObject({
      results: [{ outcome: "applied" }, { outcome: "duplicate" }],
    });
    const second = await post(rawRegistered());
    expect(second).toMatchObject({ status: 200, body: { results: [{ outcome: "duplicate" }] } });
  });

  it("answers outdated when a newer event of its kind is stored", async () => {
    const { post } = createIngestHarness();
    await post(rawRegistered());
    const answer = await post(rawRegistered({ time: "2026-11-20T02:00:00Z" }));
    expect(answer).toMatchObject({ status: 200, body: { results: [{ outcome: "outdated" }] } });
  });

  it("answers ignored for another event of T-Library", async () => {
    const { post, store } = createIngestHarness();
    const answer = await post({ Event: "EventRinging", ThisDN: "7001" });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ results: [{ index: 0, id: null, outcome: "ignored" }] });
    expect(store.history.size).toBe(0);
  });

  it.each([
    ["an empty array", []],
    ["an empty envelope", { serverName: "SIPTS750", events: [] }],
  ])("accepts %s as a heartbeat", async (_, body) => {
    const { post, rejected } = createIngestHarness();
    expect(await post(body)).toMatchObject({ status: 200, body: { results: [] } });
    expect(rejected).toEqual([]);
  });

  it("answers 207 when some events are rejected, and stores the others", async () => {
    const { post, store } = createIngestHarness();
    const answer = await post([rawRegistered({ ThisDN: null }), rawUnregistered()]);
    expect(answer.status).toBe(207);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.body).toMatchObject({
      results: [
        { index: 0, id: null, outcome: "rejected", problems: [{ pointer: "/0/ThisDN" }] },
        { index: 1, outcome: "applied" },
      ],
    });
    expect(store.history.size).toBe(1);
  });

  it("answers 422 as a problem with the results when no event is valid", async () => {
    const { post } = createIngestHarness();
    const answer = await post([rawRegistered({ ThisDN: 7001 }), 5]);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: "urn:dn-registration-adapter:problem:no-valid-event",
      title: "No valid event",
      status: 422,
      detail: expect.any(String),
      instance: "urn:request:request-1",
      results: [
        { index: 0, problems: [{ pointer: "/0/ThisDN", code: "wrong-type" }] },
        { index: 1, problems: [{ pointer: "/1", code: "wrong-type" }] },
      ],
    });
  });

  it("keeps each rejected event raw, with the bridge that sent it and its problems", async () => {
    const { post, rejected } = createIngestHarness();
    await post({ serverName: "SIPTS750", events: [rawRegistered(), { Event: "EventRegistred" }] });
    expect(rejected).toEqual([
      {
        receivedAt: isoNow.replace("Z", "000Z"),
        application: "bridge-a",
        keyId: "key_00000001",
        requestId: "request-1",
        serverName: "SIPTS750",
        pointer: "/events/1",
        event: '{"Event":"EventRegistred"}',
        problems: [expect.objectContaining({ pointer: "/events/1/Event", code: "unknown-event" })],
      },
    ]);
  });

  it("rejects an event that the store will never take", async () => {
    const { post, rejected } = createIngestHarness({ writeStatus: async () => "refused" });
    const answer = await post(rawRegistered());
    expect(answer).toMatchObject({
      status: 422,
      body: { results: [{ outcome: "rejected", problems: [{ code: "store-refused" }] }] },
    });
    expect(rejected).toHaveLength(1);
  });

  it("warns of a T-Server clock that is ahead, and applies the event", async () => {
    const { post, metrics } = createIngestHarness();
    const answer = await post(rawRegistered({ time: iso(6) }));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        results: [{ outcome: "applied", warnings: [{ pointer: "/time", code: "time-ahead" }] }],
      },
    });
    expect(metrics).toContainEqual({ name: "EventsAheadOfClock", value: 1, unit: "Count" });
  });

  it("rejects an event from more than an hour ahead", async () => {
    const answer = await createIngestHarness().post(rawRegistered({ time: iso(61) }));
    expect(answer).toMatchObject({
      status: 422,
      body: { results: [{ problems: [{ pointer: "/time", code: "time-in-future" }] }] },
    });
  });

  it("uses the server name bound to the key when the event has none", async () => {
    const { post, store } = createIngestHarness({ keys: [bridgeKey({ serverName: "SIPTS751" })] });
    await post(rawRegistered({ ServerName: null }));
    expect([...store.statuses.values()]).toMatchObject([{ server: "SIPTS751" }]);
  });

  it("repeats no value of the caller, whatever is wrong with it", async () => {
    const { post } = createIngestHarness();
    const bad = ["Event", "ServerName", "time", "ReferenceID", "InfoType", "Extensions", secret];
    const events = [
      ...bad.map((name) => rawRegistered({ [name]: [secret] })),
      rawRegistered({ ThisDN: `${secret}\n` }),
      rawRegistered({ InfoStatus: { AddressType: secret } }),
      rawRegistered({ thisDN: secret }),
      rawUnregistered({ ErrorCode: secret, Event: secret }),
      secret,
    ];
    const answers = [await post(events), await post(secret), await post({ events: secret })];
    for (const { text } of answers) expect(text).not.toContain(secret);
    expect(answers.map(({ status }) => status)).toEqual([207, 400, 400]);
  });

  it("counts outcomes and the lag of each server", async () => {
    const { post, metrics } = createIngestHarness();
    await post([rawRegistered(), rawRegistered(), { Event: 60 }, 5]);
    expect(metrics).toEqual([
      { name: "EventsApplied", value: 1, unit: "Count" },
      { name: "EventsDuplicate", value: 1, unit: "Count" },
      { name: "EventsIgnored", value: 1, unit: "Count" },
      { name: "EventsRejected", value: 1, unit: "Count" },
      {
        name: "ArrivalLagSeconds",
        value: (testNow - registered().time) / 1_000_000,
        unit: "Seconds",
        server: "SIPTS750",
      },
    ]);
  });

  it("logs identifiers and counts, never the content of events", async () => {
    const { post, lines } = createIngestHarness();
    await post([rawRegistered({ ThisDN: secret, AgentID: secret, Extensions: { a: secret } }), 5]);
    expect(lines).toEqual([
      {
        level: "info",
        message: "events taken",
        fields: expect.objectContaining({
          requestId: "request-1",
          bridge: "bridge-a",
          EventsApplied: 1,
          EventsRejected: 1,
        }),
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  it.each([
    ["the keys cannot be read", { readBridgeKeys: () => Promise.reject(new Error("down")) }],
    ["the statuses cannot be read", { readStatuses: () => Promise.reject(new Error("down")) }],
    ["a status cannot be written", { writeStatus: () => Promise.reject(new Error("down")) }],
    ["the history cannot be written", { writeHistory: () => Promise.reject(new Error("down")) }],
    ["rejected events cannot be kept", { keepRejected: () => Promise.reject(new Error("down")) }],
  ])("answers 503 with Retry-After and says nothing more when %s", async (_, ports) => {
    const { post, lines } = createIngestHarness(ports);
    const answer = await post([rawRegistered(), 5]);
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({
      "content-type": "application/problem+json",
      "retry-after": "2",
    });
    expect(answer.body).toMatchObject({ status: 503, instance: "urn:request:request-1" });
    expect(answer.text).not.toContain("down");
    expect(lines).toMatchObject([
      { level: "error", message: "request failed", fields: { requestId: "request-1" } },
    ]);
  });
});

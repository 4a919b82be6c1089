import { describe, expect, it } from "vitest";
import type { RejectedEvent } from "../../../lambda/domain/request/rejected-event.ts";
import { ingestMetrics } from "../../../lambda/use-cases/ingest/ingest-metrics.ts";
import { createIngestion } from "../../../lambda/use-cases/ingest/ingestion.ts";
import { baseTime, bridgeKey, rawRegistered, rawUnregistered } from "../../support/build-event.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const now = () => baseTime + 1_000_000;
const rejections: RejectedEvent[] = [];
const ingestWith = (store = createInMemoryStore(), key = bridgeKey()) => {
  rejections.length = 0;
  const { ingest } = createIngestion({
    ...createInMemoryAlerting(),
    ...store,
    keepRejected: async (events) => void rejections.push(...events),
    rules: defaultRules,
    serversPerKey: 100,
    log: () => undefined,
    hash: (text) => text,
    now,
  });
  return (body: unknown, mediaType = "application/json") =>
    ingest({
      mediaType,
      text: typeof body === "string" ? body : JSON.stringify(body),
      key,
      requestId: "request-1",
    });
};
const resultsOf = async (body: unknown, mediaType?: string) => {
  const outcome = await ingestWith()(body, mediaType);
  if (outcome.kind !== "results") throw new Error(outcome.kind);
  return outcome.results;
};

describe("ingest", () => {
  it("returns every event's outcome in its order, and one bad event does not spoil the others", async () => {
    const results = await resultsOf([
      rawRegistered(),
      rawRegistered({ ThisDN: null }),
      { Event: "EventEstablished" },
      rawUnregistered({ time: { sec: 1_795_143_481 } }),
      rawRegistered(),
    ]);
    expect(results).toEqual([
      { index: 0, id: expect.any(String), outcome: "applied" },
      {
        index: 1,
        id: null,
        outcome: "rejected",
        problems: [expect.objectContaining({ pointer: "/1/ThisDN", code: "missing" })],
      },
      { index: 2, id: null, outcome: "ignored" },
      { index: 3, id: expect.any(String), outcome: "applied" },
      { index: 4, id: expect.any(String), outcome: "duplicate" },
    ]);
  });

  it("passes on warnings", async () => {
    const body = rawRegistered({ AgentID: "1", InfoStatus: { AddressType: 3 } });
    expect(await resultsOf(body)).toEqual([
      expect.objectContaining({
        outcome: "applied",
        warnings: [expect.objectContaining({ code: "agent-id-not-allowed" })],
      }),
    ]);
  });

  it("keeps rejected events, raw and with their problems", async () => {
    const bad = rawRegistered({ ThisDN: null });
    await resultsOf({ serverName: "SIPTS750", events: [rawRegistered(), bad] });
    expect(rejections).toEqual([
      {
        receivedAt: "2026-11-20T02:58:01.123456Z",
        application: "bridge-a",
        keyId: "key_00000001",
        requestId: "request-1",
        serverName: "SIPTS750",
        pointer: "/events/1",
        event: JSON.stringify(bad),
        problems: [expect.objectContaining({ pointer: "/events/1/ThisDN" })],
      },
    ]);
  });

  it("points to the line of NDJSON, and keeps a line that is not JSON", async () => {
    const body = `${JSON.stringify(rawRegistered())}\n{"Event":\n`;
    expect(await resultsOf(body, "application/x-ndjson")).toMatchObject([
      { outcome: "applied" },
      { outcome: "rejected", problems: [{ pointer: "/1", code: "not-json" }] },
    ]);
    expect(rejections).toMatchObject([{ event: '{"Event":' }]);
  });

  it("rejects and keeps what the store will never take", async () => {
    const store = createInMemoryStore();
    const ingest = ingestWith({ ...store, writeStatus: async () => "refused" });
    const detail = "the store will never take this event as it is";
    expect(await ingest(rawRegistered())).toMatchObject({
      results: [
        { outcome: "rejected", problems: [{ code: "store-refused", pointer: "", detail }] },
      ],
    });
    expect(rejections).toHaveLength(1);
  });

  it("keeps a CloudEvent's own attributes, which do not identify the event", async () => {
    const store = createInMemoryStore();
    const ingest = ingestWith(store);
    const { ServerName: _, ...event } = rawRegistered();
    const wrap = (id: string) => ({
      specversion: "1.0",
      id,
      source: "SIPTS%20750",
      type: "x",
      data: event,
    });
    await ingest(wrap("A"), "application/cloudevents+json");
    expect(await ingest(wrap("B"), "application/cloudevents+json")).toMatchObject({
      results: [{ outcome: "duplicate" }],
    });
    expect([...store.history.values()]).toMatchObject([
      { server: "SIPTS 750", other: { cloudEvent: { id: "A", type: "x" } } },
    ]);
  });

  it("reads no event at all as a heartbeat", async () => {
    expect(await resultsOf({ serverName: "SIPTS750", events: [] })).toEqual([]);
  });

  it("counts events as those of the envelope's session only on the envelope's server", async () => {
    const store = createInMemoryStore();
    const session = { id: "a", startedAt: "2026-11-20T02:58:00Z" };
    const events = [rawRegistered(), rawRegistered({ ServerName: "AVAYATS1" })];
    await ingestWith(store)({ serverName: "AVAYATS1", session, events });
    const sessions = [...store.statuses.values()].map(({ server, applications }) => [
      server,
      applications["bridge-a"]?.registered?.session,
    ]);
    expect(sessions).toEqual([
      ["SIPTS750", undefined],
      ["AVAYATS1", baseTime - 123_456],
    ]);
  });

  it("uses the server name bound to the key", async () => {
    const store = createInMemoryStore();
    await ingestWith(
      store,
      bridgeKey({ serverName: "BOUND" }),
    )(rawRegistered({ ServerName: null }));
    expect([...store.statuses.values()]).toMatchObject([{ server: "BOUND" }]);
  });

  it.each([
    ["text/plain", "{}", "unsupported-media-type"],
    ["application/json", "{", "not-json"],
    ["application/json", '{"events":1}', "not-an-envelope"],
    ["application/json", JSON.stringify(Array(501).fill({})), "too-many"],
  ])("refuses %s as a whole where it must", async (mediaType, text, kind) => {
    expect(await ingestWith()(text, mediaType)).toMatchObject({ kind });
  });

  it("throws when the store fails, so that nothing is promised", async () => {
    const store = createInMemoryStore();
    const failing = { ...store, readStatuses: async () => Promise.reject(new Error("down")) };
    await expect(ingestWith(failing)(rawRegistered())).rejects.toThrow("down");
  });
});

describe("ingestMetrics", () => {
  it("counts outcomes and events ahead of our clock, and measures the lag of each server", async () => {
    const outcome = await ingestWith()([
      rawRegistered(),
      rawRegistered({
        ThisDN: "7002",
        ServerName: "AVAYATS1",
        time: { sec: 1_795_143_470, usec: 123_456 },
      }),
      rawRegistered({ time: { sec: 1_795_143_480 + 360 } }),
      rawRegistered({ time: { sec: 1_795_143_480 + 3660 * 2 } }),
    ]);
    if (outcome.kind !== "results") throw new Error(outcome.kind);
    expect(ingestMetrics(outcome.results, outcome.events, now())).toEqual([
      { name: "EventsOutdated", value: 1, unit: "Count" },
      { name: "EventsApplied", value: 2, unit: "Count" },
      { name: "EventsRejected", value: 1, unit: "Count" },
      { name: "EventsAheadOfClock", value: 2, unit: "Count" },
      { name: "ArrivalLagSeconds", value: 0, unit: "Seconds", server: "SIPTS750" },
      { name: "ArrivalLagSeconds", value: 11, unit: "Seconds", server: "AVAYATS1" },
    ]);
  });

  it("reports nothing for a heartbeat", () => {
    expect(ingestMetrics([], [], now())).toEqual([]);
  });
});

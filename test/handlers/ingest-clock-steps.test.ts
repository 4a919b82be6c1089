import { describe, expect, it } from "vitest";
import { judgeConnection } from "../../lambda/domain/connection/judge-connection.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import { testNow } from "../support/api-event.ts";
import { baseTime, bridgeKey, rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import {
  createIngestHarness,
  defaultRules,
  type IngestSurroundings,
} from "../support/ingest-harness.ts";

const micros = 1_000_000;
const at = (seconds: number) => formatTime(baseTime + seconds * micros);
const numbered = (number: number, seconds: number, changes: Record<string, unknown> = {}) =>
  rawRegistered({
    ThisDN: `70${number}`,
    time: at(seconds),
    EventSequenceNumber: number,
    ServerStartTime: 1_790_000_000,
    ...changes,
  });

const setUp = (surroundings: IngestSurroundings = {}) => {
  const clock = { seconds: 0 };
  const now = () => testNow + clock.seconds * micros;
  const harness = createIngestHarness({ now, ...surroundings });
  return {
    ...harness,
    clock,
    warningsOf: async (body: unknown, key = bridgeKey().key) => {
      const answer = await harness.post(body, { key, timestamp: Math.floor(now() / micros) });
      expect(answer.status).toBe(200);
      return Object(answer.body).results.map(
        ({ warnings = [] }: { warnings?: object[] }) => warnings,
      );
    },
    isBack: () =>
      [...harness.store.connections.values()].map(
        (connection) => judgeConnection(connection, defaultRules, now()).serverClock !== undefined,
      ),
  };
};
const wentBack = (pointer: string, seconds: string) => ({
  pointer,
  code: "clock-went-back",
  detail: expect.stringContaining(`went back by ${seconds} s`),
});

describe("a T-Server's clock that goes back", () => {
  it("is a warning of the event at which it does, is counted, and is wrong with the connection", async () => {
    const { warningsOf, metrics, store, isBack } = setUp();
    await warningsOf(numbered(1, 62));
    expect(await warningsOf([numbered(2, 0), numbered(3, 1)])).toEqual([
      [wentBack("/0/time", "62")],
      [],
    ]);
    expect(metrics).toContainEqual({ name: "ClocksWentBack", value: 1, unit: "Count" });
    expect(isBack()).toEqual([true]);
    expect(store.requests.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 0]);
    expect([...store.connections.values()]).toMatchObject([
      { revision: 2, serverClock: { back: { at: testNow, by: 62 * micros } } },
    ]);
  });

  it("does not change what the time decides", async () => {
    const { post, store } = setUp();
    await post(numbered(1, 62, { ThisDN: "7001" }));
    const answer = await post(
      rawUnregistered({ time: at(0), EventSequenceNumber: 2, ServerStartTime: 1_790_000_000 }),
    );
    expect(answer.body).toMatchObject({
      results: [{ outcome: "applied", warnings: [{ code: "clock-went-back" }] }],
    });
    expect([...store.statuses.values()]).toMatchObject([
      { applications: { "bridge-a": { registered: { time: baseTime + 62 * micros } } } },
    ]);
  });

  it("is over when it has caught up", async () => {
    const { warningsOf, isBack, store } = setUp();
    await warningsOf([numbered(1, 62), numbered(2, 0)]);
    await warningsOf(numbered(3, 60));
    expect(isBack()).toEqual([true]);
    store.requests.length = 0;
    expect(await warningsOf(numbered(4, 62))).toEqual([[]]);
    expect([isBack(), store.requests.length]).toEqual([[false], 1]);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ["a step of a second", 2, { time: at(61) }],
    ["an event without a number", 2, { time: at(0), EventSequenceNumber: undefined }],
    ["an event without a start", 2, { time: at(0), ServerStartTime: undefined }],
    ["a start", 2, { time: at(0), ServerStartTime: 1_795_000_000 }],
    ["a repetition", 1, { time: at(0) }],
    ["another server", 2, { time: at(0), ServerName: "AVAYATS1" }],
  ])("is not %s", async (_, number, changes) => {
    const { warningsOf, isBack } = setUp();
    await warningsOf(numbered(1, 62));
    expect(await warningsOf(numbered(number, 0, changes))).toEqual([[]]);
    expect(isBack()).not.toContain(true);
  });

  it("is a step of 1.1 seconds, wherever the event has its time", async () => {
    const { warningsOf } = setUp();
    const [sec, usec] = [Math.floor(baseTime / micros), baseTime % micros];
    await warningsOf(numbered(1, 1.1));
    const parts = { time: undefined, TimeinSecs: sec, TimeinuSecs: usec };
    const [[warning]] = await warningsOf({ events: [numbered(2, 0, parts)] });
    expect(warning).toEqual(wentBack("/events/0/TimeinSecs", "1.1"));
  });

  it.each([
    ["EventLinkDisconnected", "applied"],
    ["EventUnregisteredAll", "applied"],
    ["EventError", "ignored"], // The DN is registered.
  ])("is a step at an %s, too", async (Event, outcome) => {
    const { post, warningsOf, isBack } = setUp();
    await warningsOf(numbered(1, 62));
    const { body } = await post(numbered(2, 0, { Event, ThisDN: "701" }));
    expect(body).toMatchObject({ results: [{ outcome, warnings: [wentBack("/time", "62")] }] });
    expect(isBack()).toEqual([true]);
  });

  it("is nothing that a bridge does which sends events again and out of order", async () => {
    const { warningsOf, isBack } = setUp();
    const events = Array.from({ length: 20 }, (_, number) => numbered(number + 1, number * 3));
    const order = [
      [5, 4, 3],
      [5, 4, 3],
      [0, 1, 2],
      [19, 6, 18],
      [7, 12, 11],
      [19, 0],
    ];
    for (const indexes of order) {
      const warnings = await warningsOf(indexes.map((index) => events[index]));
      expect(warnings.flat()).toEqual([]);
    }
    expect(isBack()).toEqual([false]);
  });

  it("is judged for each application by its own events", async () => {
    const key = `whsec_${btoa("b".repeat(32))}`;
    const keys = [bridgeKey(), bridgeKey({ id: "key_2", name: "bridge-b", key })];
    const { warningsOf, isBack } = setUp({ keys });
    await warningsOf(numbered(1, 62));
    expect(await warningsOf(numbered(2, 0), key)).toEqual([[]]);
    expect(await warningsOf(numbered(3, 0))).toEqual([[wentBack("/time", "62")]]);
    expect(isBack()).toEqual([true, false]);
  });

  it("is noticed against what was not written yet, and costs no write of its own", async () => {
    const alerting = createInMemoryAlerting();
    let writes = 0;
    const { warningsOf, clock } = setUp({
      ...alerting,
      writeConnection: (connection) => {
        writes += 1;
        return alerting.writeConnection(connection);
      },
    });
    for (clock.seconds = 0; clock.seconds < 9; clock.seconds += 1)
      await warningsOf(numbered(clock.seconds + 1, clock.seconds));
    expect(writes).toBe(1);
    expect(await warningsOf(numbered(10, 5))).toEqual([[wentBack("/time", "3")]]);
    await warningsOf(numbered(11, 5.5));
    expect(writes).toBe(2);
    await warningsOf(numbered(12, 9));
    expect(writes).toBe(3);
  });

  it("is noticed by another execution environment, which reads what was written", async () => {
    const alerting = createInMemoryAlerting();
    await setUp(alerting).warningsOf(numbered(1, 62));
    expect(await setUp(alerting).warningsOf(numbered(2, 0))).toEqual([[wentBack("/time", "62")]]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromConnectionItem, toConnectionItem } from "../../lambda/adapters/connection-item.ts";
import { fromHistoryItem, toHistoryItem } from "../../lambda/adapters/history-item.ts";
import { fromStatusItem, toStatusItem } from "../../lambda/adapters/status-item.ts";
import { attributes } from "../../lambda/domain/event/event-schema.ts";
import { openers } from "../../lambda/domain/request/body.ts";
import { baseTime, rawRegistered, rawUnregistered } from "../support/build-event.ts";
import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../support/in-memory-store.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";

/** A store that accepts only values that become an item and come back the same. */
const createStrictStore = () => {
  const store = createInMemoryStore();
  const alerting = createInMemoryAlerting();
  return {
    ...store,
    ...alerting,
    writeStatus: async (...[status]: Parameters<typeof store.writeStatus>) => {
      expect(fromStatusItem(toStatusItem(status))).toEqual(status);
      return store.writeStatus(status);
    },
    writeConnection: async (...[connection]: Parameters<typeof alerting.writeConnection>) => {
      expect(fromConnectionItem(toConnectionItem(connection))).toEqual(connection);
      return alerting.writeConnection(connection);
    },
    writeHistory: async (...[rows]: Parameters<typeof store.writeHistory>) => {
      for (const row of rows) fromHistoryItem(toHistoryItem(row, 400));
      return store.writeHistory(rows);
    },
  };
};

const canary = "c4n4ry";
const canaryText = fc.string().map((text) => `${text}${canary}`);
const mediaTypes = [...openers.keys(), "application/json; charset=utf-8", "text/plain"];

const names = Object.values(attributes).flatMap(({ spellings }) => [...spellings]);
const seconds = Math.floor(baseTime / 1_000_000);
const strange = fc.oneof(
  fc.constantFrom(null, "", 0, -0, "0", "-1", "53", 54, "EventUnregistered", {}, [], true),
  fc.constantFrom(2 ** 32, 2 ** 53, 1e300, "1e3", " ", "\u0000", "\uffff", "\ud800", "__proto__"),
  fc.constantFrom({ sec: seconds }, { sec: seconds, usec: 1e6 }, "2026-11-20T02:58:00+24:00"),
  fc.string({ unit: "binary", maxLength: 300 }),
  canaryText,
  fc.jsonValue(),
);
const changes = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), strange, {
  maxKeys: 3,
});
const serverEvent = fc
  .tuple(fc.constantFrom(50, 51, 52, 56, 94, 95), changes)
  .map(([Event, some]) => ({ ...rawUnregistered({ Event }), ...some }));
const event = fc.oneof(
  changes.map(rawRegistered),
  changes.map(rawUnregistered),
  serverEvent,
  fc.jsonValue(),
);
const body = fc.oneof(
  event,
  fc.array(event, { maxLength: 5 }),
  fc.record({ serverName: strange, events: fc.array(event, { maxLength: 3 }) }),
  fc.record(
    {
      serverName: fc.oneof(fc.constant("SIPTS750"), strange),
      session: fc.oneof(strange, fc.record({ id: strange, startedAt: strange })),
      registered: fc.oneof(fc.nat(), strange),
      closing: fc.oneof(fc.boolean(), strange),
      events: fc.array(event, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
);

describe("POST /v1/events", () => {
  it("answers whatever a bridge sends, and never with 5xx: the bridge would repeat it for ever", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 3 }), async (bodies) => {
        const { post, lines } = createIngestHarness(createStrictStore());
        for (const one of bodies) {
          const { status } = await post(JSON.stringify(one));
          expect([status, lines.filter(({ level }) => level === "error")]).toEqual([
            expect.toSatisfy((code) => [200, 207, 400, 422].includes(code)),
            [],
          ]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("answers any text and headers as the contract says, without the caller's values", async () => {
    const header = (...usual: string[]) =>
      fc.option(fc.oneof(fc.constantFrom(...usual), fc.string(), canaryText), { nil: undefined });
    const headers = fc.record(
      {
        "content-type": header(...mediaTypes),
        "content-encoding": header("identity", "gzip", "br"),
        "webhook-id": header("msg_1", "msg.1"),
        "webhook-timestamp": header("0", "1795143600", "-1", "1e9", "now"),
        "webhook-signature": header("v1,", "v1,AAAA v2,AAAA", "v1"),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.json(),
      body.map((one) => JSON.stringify(one)),
      fc.array(event.map((one) => JSON.stringify(one))).map((lines) => lines.join("\n")),
    );
    await fc.assert(
      fc.asyncProperty(text, headers, fc.boolean(), async (content, some, base64) => {
        const { post, lines } = createIngestHarness(createStrictStore());
        const answer = await post(content, { base64, headers: some });
        expect([200, 207, 400, 401, 415, 422]).toContain(answer.status);
        expect(answer.text).not.toContain(canary);
        expect(lines.filter(({ level }) => level === "error")).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});

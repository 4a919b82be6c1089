import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { morningText } from "../../samples/generate.ts";
import { makeMorning } from "../../samples/morning.ts";

const EventSchema = v.looseObject({
  Event: v.picklist(["EventRegistered", "EventUnregistered"]),
  Server: v.number(),
  ServerName: v.picklist(["SIPTS750", "AVAYATS1"]),
  ThisDN: v.string(),
  time: v.object({ sec: v.number(), usec: v.number() }),
  ReferenceID: v.optional(v.number()),
  InfoType: v.optional(v.literal("AddressInfoAddressType")),
  InfoStatus: v.optional(v.object({ AddressType: v.string() })),
  Extensions: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
  AgentID: v.optional(v.string()),
  ErrorCode: v.optional(v.number()),
  ErrorMessage: v.optional(v.string()),
});
const events = v.parse(v.array(EventSchema), makeMorning());
const name = ({ ServerName, ThisDN }: (typeof events)[number]) => `${ServerName} ${ThisDN}`;
const lastEvents = [...new Map(events.map((event) => [name(event), event])).values()];

describe("samples/morning.ndjson", () => {
  it("is what npm run samples writes", async () => {
    const file = join(import.meta.dirname, "../../samples/morning.ndjson");
    expect(await readFile(file, "utf8")).toBe(morningText());
  });

  it("has 300 DNs on two T-Servers", () => {
    expect(lastEvents).toHaveLength(300);
    expect(new Set(events.map(({ ServerName }) => ServerName)).size).toBe(2);
  });

  it("ends with 293 registered, 2 unregistered by request and 5 unexpectedly", () => {
    const ended = lastEvents.filter(({ Event }) => Event === "EventUnregistered");
    const asked = ended.filter(({ ReferenceID, ErrorCode }) => ReferenceID && !ErrorCode);
    const lost = ended.filter(({ ReferenceID }) => ReferenceID === undefined);
    expect([lastEvents.length - ended.length, asked.length, lost.length]).toEqual([293, 2, 5]);
    expect(events.filter(({ Event }) => Event === "EventUnregistered")).toHaveLength(7);
  });

  it("gives each loss a cause, and no two the same DN, server and cause", () => {
    const losses = events.filter((event) => event.ErrorCode !== undefined);
    expect(losses.every(({ ErrorMessage }) => ErrorMessage)).toBe(true);
    expect(losses.filter(({ ErrorCode }) => ErrorCode === 59).length).toBeGreaterThan(1);
    expect(new Set(losses.map((loss) => `${loss.ServerName} ${loss.ErrorCode}`)).size).toBe(5);
  });

  it("has what the reference demands of each EventRegistered", () => {
    for (const event of events.filter(({ Event }) => Event === "EventRegistered")) {
      expect(event).toMatchObject({
        ReferenceID: expect.any(Number),
        InfoType: expect.any(String),
        Extensions: expect.any(Object),
      });
    }
  });

  it("has agents on DNs and positions only", () => {
    const kinds = events
      .filter(({ AgentID }) => AgentID)
      .map((event) => event.InfoStatus?.AddressType);
    expect(kinds.length).toBeGreaterThan(50);
    expect(new Set(kinds)).toEqual(new Set(["AddressTypeDN", "AddressTypePosition"]));
  });

  it("goes forward in time, never twice at the same microsecond, on one morning before today", () => {
    const times = events.map(({ time }) => time.sec * 1e6 + time.usec);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    const days = new Set(times.map((time) => new Date(time / 1000).toISOString().slice(0, 10)));
    expect(days).toEqual(new Set(["2026-11-18"]));
  });
});

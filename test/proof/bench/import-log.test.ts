import { describe, expect, it } from "vitest";
import { createLosses } from "../../../bridge/losses.ts";
import { registrationOf } from "../../../bridge/registration-of.ts";
import { dayLog, minuteLog } from "../../../proof/bench/import-log.ts";
import { eventsOf, itemsOf } from "../../bridge/support/items.ts";

const end = Date.parse("2026-11-30T00:00:00Z");
const registrationsOf = (log: string) =>
  eventsOf(itemsOf("t-server-log", log)).map((event) =>
    registrationOf({ ...event, serverName: "S" }),
  );

describe("the log of a day", () => {
  const log = dayLog(30_000, end);
  const events = registrationsOf(log);

  it("has ten lines an event, and events that the adapter takes", () => {
    expect(log.split("\n")).toHaveLength(300_001);
    expect(events).toHaveLength(30_000);
    expect(events).not.toContain(undefined);
  });

  it("changes a status with each event, in the order of time", () => {
    const last = new Map<string, string>();
    const repeated = events.filter((one) => {
      const before = last.get(one?.thisDN ?? "");
      last.set(one?.thisDN ?? "", one?.event ?? "");
      return before === one?.event;
    });
    expect(repeated).toEqual([]);
    const times = events.map((one) => one?.time ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(end * 1000);
  });

  it("has losses, one of a hundred that go", () => {
    const losses = createLosses();
    for (const event of events) if (event !== undefined) losses.see(event);
    const gone = events.filter((one) => one?.event === "EventUnregistered").length;
    expect(losses.list().length / gone).toBeCloseTo(0.01, 2);
  });
});

describe("the log of a minute", () => {
  it("takes every DN away, or registers it", () => {
    const lost = registrationsOf(minuteLog("lost", 50, end));
    expect(new Set(lost.map((one) => one?.thisDN)).size).toBe(50);
    expect(new Set(lost.map((one) => one?.event))).toEqual(new Set(["EventUnregistered"]));
    const back = registrationsOf(minuteLog("registered", 50, end));
    expect(back.map((one) => one?.thisDN)).toEqual(lost.map((one) => one?.thisDN));
  });
});

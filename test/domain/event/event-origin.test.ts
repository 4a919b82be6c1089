import { describe, expect, it } from "vitest";
import { baseTime, rawRegistered, rawUnregistered } from "../../support/build-event.ts";
import { codesOf, eventOf, problemsOf, read } from "../../support/read-raw-event.ts";

describe("readEvent, about the clock and the server", () => {
  describe("checking the clock", () => {
    const ahead = (minutes: number, micros = 0) =>
      rawRegistered({ time: { sec: 1_795_143_480 + 60 + minutes * 60, usec: 123_456 + micros } });

    it("accepts up to 5 minutes ahead without a warning", () => {
      expect(read(ahead(5))).toMatchObject({ kind: "event", warnings: [] });
    });

    it.each([
      [5, 1],
      [60, 0],
    ])("warns of %i minutes and %i microseconds", (minutes, micros) => {
      expect(read(ahead(minutes, micros))).toMatchObject({
        kind: "event",
        warnings: [{ pointer: "/time", code: "time-ahead" }],
      });
    });

    it("rejects more than 60 minutes, including milliseconds read as seconds", () => {
      expect(codesOf(ahead(60, 1))).toEqual(["/time time-in-future"]);
      expect(codesOf(rawRegistered({ time: { sec: 1_795_143_480_123 } }))).toEqual([
        "/time time-in-future",
      ]);
    });
  });

  describe("finding the server name", () => {
    const nameless = (changes: Record<string, unknown> = {}) =>
      rawRegistered({ ServerName: null, ...changes });
    const request = { pointer: "/serverName", value: "FROM-REQUEST" };

    it.each([
      ["ServerName first", rawRegistered({ Server: "OTHER" }), "SIPTS750"],
      ["then a Server that is a name", nameless({ Server: "TS-1" }), "TS-1"],
      ["then the request's", nameless(), "FROM-REQUEST"],
    ])("uses %s", (_, event, expected) => {
      const changes = { requestServerName: request, keyServerName: "FROM-KEY" };
      expect(eventOf(event, changes).server).toBe(expected);
    });

    it("uses the key's name last", () => {
      expect(eventOf(nameless(), { keyServerName: "FROM-KEY" }).server).toBe("FROM-KEY");
      expect(eventOf(nameless({ Server: null }), { keyServerName: "K" }).server).toBe("K");
    });

    it("passes over a source that is no name, and says what it must be where nothing else names one", () => {
      const requestServerName = { pointer: "/source", value: undefined, why: "WHY" };
      const changes = { requestServerName, keyServerName: "FROM-KEY" };
      expect(eventOf(rawRegistered(), changes).server).toBe("SIPTS750");
      expect(eventOf(nameless(), changes).server).toBe("FROM-KEY");
      expect(problemsOf(nameless(), { requestServerName })).toEqual([
        { pointer: "/source", code: "server-name-missing", detail: "WHY" },
      ]);
    });

    it.each([
      ["a number", 65_200],
      ["a number as text", "65200"],
      ["absent", null],
      ["a negative number as text", "-1"],
      ["a number as text with space", " 65200 "],
      ["a hexadecimal number", "0xFEB0"],
    ])("rejects an event without any, its Server being %s", (_, Server) => {
      expect(codesOf(nameless({ Server }))).toEqual(["/Server server-name-missing"]);
    });

    it("accepts a request's name of 128 characters", () => {
      const value = "x".repeat(128);
      const changes = { requestServerName: { pointer: "/serverName", value } };
      expect(eventOf(nameless(), changes).server).toBe(value);
    });

    it.each([[5], ["x".repeat(129)], ["a\nb"]])(
      "rejects an impossible name of a request",
      (value) => {
        const changes = { requestServerName: { pointer: "/serverName", value } };
        expect(codesOf(nameless(), changes)).toEqual(["/serverName invalid-value"]);
      },
    );
  });

  describe("naming the event", () => {
    it("uses server, application, event, DN, time and ReferenceID alone", () => {
      const parts = ["SIPTS750", "bridge-a", "EventRegistered", "7001", baseTime];
      expect(eventOf(rawRegistered()).id).toBe(JSON.stringify([...parts, 88]));
      const identified = rawRegistered({ EventSequenceNumber: 9, ServerStartTime: "early" });
      expect(eventOf(identified).id).toBe(JSON.stringify([...parts, "early", 9]));
    });

    it("gives the same id to the same event in another spelling", () => {
      const iso = rawRegistered({ time: "2026-11-20T02:58:00.123456Z", Event: 53, Server: 1 });
      expect(eventOf(iso).id).toBe(eventOf(rawRegistered()).id);
    });

    it.each([
      ["server", rawRegistered({ ServerName: "B" })],
      ["DN", rawRegistered({ ThisDN: "7002" })],
      ["time", rawRegistered({ time: { sec: 1_795_143_480 } })],
      ["ReferenceID", rawRegistered({ ReferenceID: 89 })],
      ["event", rawUnregistered({ time: { sec: 1_795_143_480, usec: 123_456 }, ReferenceID: 88 })],
    ])("gives another id to another %s", (_, event) => {
      expect(eventOf(event).id).not.toBe(eventOf(rawRegistered()).id);
    });

    it("gives another id to another application", () => {
      const other = eventOf(rawRegistered(), { application: "bridge-b" });
      expect(other.id).not.toBe(eventOf(rawRegistered()).id);
    });

    it("uses the T-Server's own identification instead of the ReferenceID where it is complete", () => {
      const identified = { EventSequenceNumber: 9, ServerStartTime: 1_795_000_000 };
      const first = eventOf(rawRegistered(identified));
      expect(eventOf(rawRegistered({ ...identified, ReferenceID: 5 })).id).toBe(first.id);
      expect(eventOf(rawRegistered({ ...identified, EventSequenceNumber: 10 })).id).not.toBe(
        first.id,
      );
    });

    it.each([
      { EventSequenceNumber: 9 },
      { ServerStartTime: 1_795_000_000 },
      { EventSequenceNumber: 9, ServerStartTime: 0 },
      { EventSequenceNumber: 9, ServerStartTime: {} },
    ])("uses the ReferenceID where the identification is only %j", (changes) => {
      expect(eventOf(rawRegistered(changes)).id).toBe(eventOf(rawRegistered()).id);
    });

    it("does not take all events for one where a bridge always writes the same identification", () => {
      for (const same of [0, 7]) {
        const identified = { EventSequenceNumber: same, ServerStartTime: same };
        const ids = [
          rawRegistered(identified),
          rawRegistered({ ...identified, ThisDN: "7002" }),
          rawUnregistered(identified),
          rawUnregistered({ ...identified, time: { sec: 1_795_143_999 } }),
        ].map((event) => eventOf(event).id);
        expect(new Set(ids).size).toBe(ids.length);
      }
      expect(eventOf(rawRegistered({ EventSequenceNumber: 0 })).sequenceNumber).toBeUndefined();
    });
  });
});

import { describe, expect, it } from "vitest";
import { baseTime, rawRegistered, rawUnregistered } from "../../support/build-event.ts";
import { codesOf, problemsOf, read } from "../../support/read-raw-event.ts";

const detailsOf = (value: unknown) => problemsOf(value).map(({ detail }) => detail);
const minute = 60_000_000;

describe("the text of a problem with an event", () => {
  it.each([
    ["a value that is not an object", [], "an event must be a JSON object"],
    ["no name", { Event: null }, "Event is mandatory"],
    ["another name", { Event: "EventNone" }, "Event must be a T-Library event, by name or number"],
    ["no DN", rawRegistered({ ThisDN: null }), "ThisDN is mandatory in an EventRegistered"],
    ["no time", rawUnregistered({ time: null }), "time is mandatory in an EventUnregistered"],
    [
      "a DN that is a number",
      rawRegistered({ ThisDN: 7001 }),
      "ThisDN must be a string of 1 to 255 characters",
    ],
    [
      "a DN with a line break",
      rawRegistered({ ThisDN: "70\n01" }),
      "ThisDN must be well-formed Unicode without control characters",
    ],
    [
      "a ReferenceID below zero",
      rawRegistered({ ReferenceID: -1 }),
      "ReferenceID must be an unsigned 32-bit integer",
    ],
    [
      "no server name",
      rawRegistered({ ServerName: null }),
      "no T-Server name: a numeric Server is only a local handle. Give ServerName in the event, serverName in the envelope, or bind a name to the bridge's key",
    ],
    [
      "milliseconds as seconds",
      rawRegistered({ time: { sec: 1_795_143_480_123 } }),
      "time has a sec that looks like milliseconds: sec counts seconds since 1970",
    ],
    [
      "milliseconds in two attributes",
      rawRegistered({ time: null, TimeinSecs: 1_795_143_480_123 }),
      "time has a TimeinSecs that looks like milliseconds: TimeinSecs counts seconds since 1970",
    ],
    [
      "a time without an offset",
      rawRegistered({ time: "2026-11-20T02:58:00" }),
      "time has no offset: end it with Z or +hh:mm",
    ],
    [
      "too many microseconds in two attributes",
      rawRegistered({ time: null, timeinSecs: 1_795_143_480, timeinuSecs: 1_000_000 }),
      "time has a TimeinuSecs above 999999",
    ],
    [
      "a time far in the future",
      rawRegistered({ time: { sec: 1_795_153_480 } }),
      "time lies more than 60 minutes ahead of our clock: check the T-Server's clock, and that sec counts seconds since 1970",
    ],
    [
      "a time far in the future in two attributes",
      rawRegistered({ time: null, timeinSecs: 1_795_153_480 }),
      "time lies more than 60 minutes ahead of our clock: check the T-Server's clock, and that TimeinSecs counts seconds since 1970",
    ],
    [
      "a text far in the future",
      rawRegistered({ time: "2026-11-20T23:00:00Z" }),
      "time lies more than 60 minutes ahead of our clock: check the T-Server's clock",
    ],
    [
      "microseconds alone",
      rawRegistered({ time: null, TimeinuSecs: 3 }),
      "TimeinSecs is missing beside TimeinuSecs",
    ],
    [
      "a space before an offset",
      rawRegistered({ time: "2026-11-20T02:58:00 01:00" }),
      "time has a space where the sign of its offset must be",
    ],
  ])("names the rule that %s breaks", (_, event, detail) => {
    expect(detailsOf(event)).toEqual([detail]);
  });

  it.each([
    ["/timeinuSecs wrong-type", { timeinSecs: 1_795_143_480, timeinuSecs: 1_000_000 }],
    ["/TimeinSecs wrong-type", { TimeinSecs: "abc", TimeinuSecs: 1_000_000 }],
    ["/TimeinSecs wrong-type", { TimeinSecs: "abc" }],
    ["/TimeinSecs missing", { TimeinuSecs: 3 }],
    ["/time wrong-type", { time: { TimeinSecs: 1, TimeinuSecs: -1 }, TimeinuSecs: -1 }],
    ["/time missing", {}],
  ])("points to %s", (expected, changes) => {
    expect(codesOf(rawRegistered({ time: null, ...changes }))).toEqual([expected]);
  });

  it("names the rule for a request's server name", () => {
    const requestServerName = { pointer: "/serverName", value: 5 };
    expect(problemsOf(rawRegistered({ ServerName: null }), { requestServerName })).toMatchObject([
      { detail: "must be a name of 1 to 128 characters without control characters" },
    ]);
  });

  it("names only the first of two rules that an attribute breaks", () => {
    expect(detailsOf(rawRegistered({ ThisDN: "\n".repeat(256) }))).toEqual([
      "ThisDN must be a string of 1 to 255 characters",
    ]);
  });

  it("warns of a clock that is ahead, and of an agent where there can be none", () => {
    const event = rawRegistered({ AgentID: "4711", InfoStatus: { AddressType: "Queue" } });
    expect(read(event, { now: baseTime - 6 * minute })).toMatchObject({
      warnings: [
        { detail: "time lies more than 5 minutes ahead of our clock" },
        {
          detail: "AgentID was dropped: only an AddressTypeDN or AddressTypePosition has an agent",
        },
      ],
    });
  });

  it("is absent for a valid event, on any address type", () => {
    const event = rawRegistered({ InfoStatus: { AddressType: "Queue" } });
    expect(read(event)).toMatchObject({ kind: "event", warnings: [] });
  });
});

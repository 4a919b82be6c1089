import { describe, expect, it } from "vitest";
import { occurrenceNames } from "../../../lambda/domain/event/connection-event.ts";
import { baseTime } from "../../support/build-event.ts";
import { codesOf, read } from "../../support/read-raw-event.ts";

const raw = (Event: unknown, changes: object = {}) => ({
  Event,
  Server: 65_200,
  ServerName: "SIPTS750",
  time: { sec: 1_795_143_480, usec: 123_456 },
  ...changes,
});
const origin = { server: "SIPTS750", application: "bridge-a", time: baseTime };
const idOf = (event: string, thisDN: string, ...more: unknown[]) =>
  JSON.stringify(["SIPTS750", "bridge-a", event, thisDN, baseTime, ...more]);

describe("an event about a connection", () => {
  it.each([...occurrenceNames])("%s is read, whatever else it says", (event) => {
    const extra = { ReferenceID: "x", ErrorCode: {}, ThisDN: 5, Extensions: 1 };
    expect(read(raw(event, extra))).toEqual({
      kind: "connection",
      event: { id: idOf(event, ""), event, ...origin },
      warnings: [],
    });
  });

  it("has an id derived from its content alone", () => {
    const idWith = (changes: object) => {
      const result = read(raw("EventLinkConnected", changes));
      return result.kind === "connection" ? result.event.id : result.kind;
    };
    expect(idWith({ ReferenceID: 7 })).toBe(idWith({}));
    expect(idWith({ Event: 95, AttributeServerName: "SIPTS750" })).toBe(idWith({}));
    expect(new Set([idWith({}), idWith({ ServerName: "B" }), idWith({ Event: 94 })]).size).toBe(3);
    expect(idWith({ time: { sec: 1_795_143_480 } })).not.toBe(idWith({}));
  });

  it.each([
    ["no time", { time: null }, "/time missing"],
    ["a bad time", { time: 5 }, "/time wrong-type"],
    ["a time in the future", { time: { sec: 1_795_153_480 } }, "/time time-in-future"],
    ["no server", { ServerName: null }, "/Server server-name-missing"],
    ["two names", { serverName: "B" }, "/ServerName contradiction"],
  ])("is rejected with %s", (_, changes, expected) => {
    expect(codesOf(raw("EventServerDisconnected", changes))).toEqual([expected]);
    expect(codesOf(raw("EventUnregisteredAll", changes))).toEqual([expected]);
    expect(codesOf(raw("EventError", { ThisDN: "7001", ...changes }))).toEqual([expected]);
  });

  it("gets a warning about a clock that is ahead", () => {
    expect(read(raw(51, { time: { sec: 1_795_143_480 + 400 } }))).toMatchObject({
      kind: "connection",
      warnings: [{ pointer: "/time", code: "time-ahead" }],
    });
  });
});

describe("the T-Server's numbering of an event about a connection or an error", () => {
  const number = { ServerStartTime: 1_790_000_000, EventSequenceNumber: 7 };
  it.each([
    ...[...occurrenceNames, "EventUnregisteredAll"].map((name) => [name, {}] as const),
    ["EventError", { ThisDN: "7001" }] as const,
  ])("is read of %s, and is no part of its id", (name, changes) => {
    const [plain, numbered] = [
      read(raw(name, changes)),
      read(raw(name, { ...changes, ...number })),
    ];
    if (!("event" in plain && "event" in numbered)) return expect.unreachable("not taken");
    expect(plain).not.toHaveProperty("numbered");
    expect(numbered.event).toEqual(plain.event);
    const { id, server, time } = numbered.event;
    const read7 = { id, server, time, startTime: "1790000000", sequenceNumber: 7 };
    expect(numbered.numbered).toEqual({ ...read7, pointer: "/time" });
  });
});

describe("an EventUnregisteredAll", () => {
  it("keeps what says why", () => {
    const why = { ReferenceID: 0, ErrorCode: "59", ErrorMessage: "gone", CustomerID: "acme" };
    expect(read(raw(56, why))).toMatchObject({
      kind: "connection",
      event: {
        id: idOf("EventUnregisteredAll", "", null),
        event: "EventUnregisteredAll",
        ...origin,
        referenceID: undefined,
        errorCode: 59,
        errorMessage: "gone",
        customerID: "acme",
      },
    });
  });

  it("is a different event with another ReferenceID", () => {
    const ids = [undefined, 7, 8].map((ReferenceID) => {
      const result = read(raw(56, { ReferenceID }));
      return result.kind === "connection" ? result.event.id : result.kind;
    });
    expect(new Set(ids).size).toBe(3);
  });
});

describe("an EventError", () => {
  it("with a DN may refuse a registration; its ReferenceID does not mean that this was wanted", () => {
    expect(
      read(raw(52, { ThisDN: "7001", ReferenceID: 12, ErrorCode: 59, ErrorMessage: "no DN" })),
    ).toEqual({
      kind: "refusal",
      event: {
        id: idOf("EventError", "7001", 12),
        event: "EventUnregistered",
        derived: "refused",
        ...origin,
        thisDN: "7001",
        errorCode: 59,
        errorMessage: "no DN",
        customerID: undefined,
      },
      warnings: [],
    });
  });

  it.each([
    ["without a DN", {}],
    ["with an empty DN", { ThisDN: "" }],
    ["without a DN, whatever else is wrong", { time: 5, ServerName: 7, serverName: 8 }],
  ])("is ignored %s", (_, changes) => {
    expect(read(raw("EventError", changes))).toEqual({ kind: "ignored" });
  });

  it("is rejected with an impossible DN", () => {
    expect(codesOf(raw("EventError", { ThisDN: 7001 }))).toEqual(["/ThisDN wrong-type"]);
  });
});

describe("the session in which an event came", () => {
  const registered = raw("EventRegistered", {
    ThisDN: "7001",
    ReferenceID: 1,
    InfoType: 8,
    Extensions: {},
  });
  const sessionOf = (value: object, server?: string) => {
    const result = read(value, { session: { startedAt: 5, server } });
    return result.kind === "event" ? result.event.session : result.kind;
  };

  it("is part of an EventRegistered, unless the session is with another server", () => {
    expect(sessionOf(registered)).toBe(5);
    expect(sessionOf(registered, "SIPTS750")).toBe(5);
    expect(sessionOf(registered, "AVAYATS1")).toBeUndefined();
    expect(sessionOf({ ...registered, Event: 54 })).toBeUndefined();
  });
});

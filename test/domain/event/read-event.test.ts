import { describe, expect, it } from "vitest";
import type { Reading } from "../../../lambda/domain/event/complete-event.ts";
import { readEvent } from "../../../lambda/domain/event/read-event.ts";
import { baseTime, rawRegistered, rawUnregistered } from "../../support/build-event.ts";

const reading: Reading = {
  application: "bridge-a",
  keyServerName: undefined,
  requestServerName: undefined,
  now: baseTime + 60_000_000,
  hash: (text) => text,
};
const read = (value: unknown, changes: Partial<Reading> = {}) =>
  readEvent(value, "", { ...reading, ...changes });

const eventOf = (value: unknown, changes: Partial<Reading> = {}) => {
  const result = read(value, changes);
  if (result.kind !== "event") throw new Error(JSON.stringify(result));
  return result.event;
};
const problemsOf = (value: unknown, changes: Partial<Reading> = {}) => {
  const result = read(value, changes);
  if (result.kind !== "rejected") throw new Error(JSON.stringify(result));
  return result.problems;
};
const codesOf = (value: unknown, changes: Partial<Reading> = {}) =>
  problemsOf(value, changes).map(({ pointer, code }) => `${pointer} ${code}`);

describe("readEvent", () => {
  it("reads a whole EventRegistered", () => {
    expect(eventOf(rawRegistered({ AgentID: "4711", CustomerID: "acme" }))).toMatchObject({
      event: "EventRegistered",
      server: "SIPTS750",
      application: "bridge-a",
      thisDN: "7001",
      time: baseTime,
      referenceID: 88,
      addressType: "AddressTypeDN",
      agentID: "4711",
      customerID: "acme",
      extensions: {},
    });
  });

  it("reads a whole EventUnregistered", () => {
    expect(eventOf(rawUnregistered({ Extensions: { "conn-1": "0071" } }))).toMatchObject({
      event: "EventUnregistered",
      thisDN: "7001",
      referenceID: undefined,
      errorCode: 59,
      errorMessage: "DN is not configured in CME",
      extensions: { "conn-1": "0071" },
    });
  });

  it.each([
    ["Event", "Event"],
    ["ThisDN", "ThisDN"],
    ["time", "time"],
    ["ReferenceID", "ReferenceID"],
    ["InfoType", "InfoType"],
    ["Extensions", "Extensions"],
  ])("rejects an EventRegistered without %s", (attribute, pointer) => {
    for (const absent of [undefined, null, ""]) {
      expect(codesOf(rawRegistered({ [attribute]: absent ?? null }))).toEqual([
        `/${pointer} missing`,
      ]);
    }
    const { [attribute]: _, ...rest } = rawRegistered();
    expect(codesOf(rest)).toEqual([`/${pointer} missing`]);
  });

  it.each(["ThisDN", "time"])("rejects an EventUnregistered without %s", (attribute) => {
    expect(codesOf(rawUnregistered({ [attribute]: null }))).toEqual([`/${attribute} missing`]);
  });

  it.each([
    ["AgentID", { AgentID: null }],
    ["CustomerID", { CustomerID: null }],
    ["InfoStatus", { InfoStatus: null }],
    ["InfoStatus.AddressType", { InfoStatus: {} }],
    ["a null in InfoStatus", { InfoStatus: { AddressType: null } }],
  ])("accepts an EventRegistered without %s", (_, changes) => {
    expect(read(rawRegistered(changes)).kind).toBe("event");
  });

  it.each(["ReferenceID", "ErrorCode", "ErrorMessage", "CustomerID", "Extensions"])(
    "accepts an EventUnregistered without %s",
    (attribute) => {
      expect(read(rawUnregistered({ [attribute]: null })).kind).toBe("event");
    },
  );

  it("names every problem of an event at once", () => {
    const event = rawRegistered({ ThisDN: 7001, ReferenceID: -1, Extensions: [] });
    expect(codesOf(event)).toEqual([
      "/ThisDN wrong-type",
      "/ReferenceID invalid-value",
      "/Extensions wrong-type",
    ]);
  });

  it.each([
    ["a DN that is a number", { ThisDN: 7001 }, "/ThisDN wrong-type"],
    ["a DN of 256 characters", { ThisDN: "7".repeat(256) }, "/ThisDN invalid-value"],
    ["a DN with a control character", { ThisDN: "70\u000001" }, "/ThisDN invalid-value"],
    ["a DN with what is no character", { ThisDN: "70\uffff" }, "/ThisDN invalid-value"],
    ["a DN with a lone surrogate", { ThisDN: "70\ud800" }, "/ThisDN invalid-value"],
    ["an agent with a line break", { AgentID: "47\n11" }, "/AgentID invalid-value"],
    ["a customer of 129 characters", { CustomerID: "x".repeat(129) }, "/CustomerID invalid-value"],
    ["a ReferenceID over 32 bits", { ReferenceID: 4_294_967_296 }, "/ReferenceID invalid-value"],
    ["a ReferenceID with a fraction", { ReferenceID: 1.5 }, "/ReferenceID invalid-value"],
    ["a ReferenceID that is text", { ReferenceID: "many" }, "/ReferenceID wrong-type"],
    ["another InfoType", { InfoType: "AddressInfoDNStatus" }, "/InfoType wrong-type"],
    ["another InfoType by number", { InfoType: 17 }, "/InfoType wrong-type"],
    [
      "an unknown address type",
      { InfoStatus: { AddressType: 77 } },
      "/InfoStatus/AddressType wrong-type",
    ],
    ["Extensions that are a list", { Extensions: [1] }, "/Extensions wrong-type"],
    ["a time in words", { time: "soon" }, "/time wrong-type"],
    ["a Server that is a fraction", { Server: 1.5 }, "/Server invalid-value"],
    ["a Server that is an object", { Server: {} }, "/Server wrong-type"],
    ["a server name too long", { ServerName: "x".repeat(129) }, "/ServerName invalid-value"],
  ])("rejects %s", (_, changes, expected) => {
    expect(codesOf(rawRegistered(changes))).toEqual([expected]);
  });

  it("never repeats the caller's values", () => {
    const event = rawRegistered({
      ThisDN: "secret\u0000",
      ReferenceID: "secret",
      InfoType: "secret",
      InfoStatus: { AddressType: "secret" },
      time: "secret",
      Server: "secret\u0000",
      Extensions: "secret",
    });
    expect(JSON.stringify(problemsOf(event))).not.toContain("secret");
  });

  it.each([
    ["its name", "AddressTypePosition"],
    ["its short name", "Position"],
    ["its number", 2],
    ["its number as text", "2"],
  ])("takes an address type by %s", (_, AddressType) => {
    const event = eventOf(rawRegistered({ InfoStatus: { AddressType } }));
    expect(event.addressType).toBe("AddressTypePosition");
  });

  it("takes the address type under a flat key", () => {
    const flat = rawRegistered({ InfoStatus: null, "InfoStatus.AddressType": 3 });
    expect(eventOf(flat).addressType).toBe("AddressTypeQueue");
  });

  it("keeps what else stands in InfoStatus, and rejects a list", () => {
    const event = eventOf(rawRegistered({ InfoStatus: { AddressType: 1, more: 2 } }));
    expect(event).toMatchObject({
      addressType: "AddressTypeDN",
      other: { InfoStatus: { more: 2 } },
    });
    expect(codesOf(rawRegistered({ InfoStatus: [1] }))).toEqual(["/InfoStatus wrong-type"]);
  });

  it("takes the time in two parts", () => {
    const parts = rawRegistered({ time: null, TimeinSecs: 1_795_143_480, TimeinuSecs: 123_456 });
    expect(eventOf(parts).time).toBe(baseTime);
    const seconds = rawRegistered({ time: null, TimeinSecs: 1_795_143_480 });
    expect(eventOf(seconds).time).toBe(baseTime - 123_456);
  });

  it("takes decimal text for integers", () => {
    expect(eventOf(rawRegistered({ ReferenceID: "88" })).referenceID).toBe(88);
    expect(eventOf(rawUnregistered({ ErrorCode: "59" })).errorCode).toBe(59);
  });

  it("takes event numbers for names", () => {
    expect(eventOf(rawRegistered({ Event: 53 })).event).toBe("EventRegistered");
    expect(eventOf(rawUnregistered({ Event: "54" })).event).toBe("EventUnregistered");
  });

  it("keeps a DN as it is", () => {
    const thisDN = " +49 89/007:1@a ";
    expect(eventOf(rawRegistered({ ThisDN: thisDN })).thisDN).toBe(thisDN);
  });

  it.each(["ReferenceID", "ErrorCode"] as const)(
    "takes zero as absent in an EventUnregistered's %s",
    (attribute) => {
      const event = eventOf(rawUnregistered({ [attribute]: 0 }));
      expect(attribute === "ReferenceID" ? event.referenceID : event.errorCode).toBeUndefined();
    },
  );

  it("takes zero as a ReferenceID in an EventRegistered", () => {
    expect(eventOf(rawRegistered({ ReferenceID: 0 })).referenceID).toBe(0);
  });

  it("ignores what an event does not have, even where it is malformed", () => {
    const event = eventOf(rawUnregistered({ AgentID: 5, InfoType: "x", InfoStatus: "x" }));
    expect(event.agentID).toBeUndefined();
    const other = eventOf(rawRegistered({ ErrorCode: "x", ErrorMessage: 5 }));
    expect(other.errorCode).toBeUndefined();
  });

  it("mends an ErrorMessage that is no well-formed Unicode", () => {
    const event = eventOf(rawUnregistered({ ErrorMessage: "a\ud800b" }));
    expect(event.errorMessage).toBe("a\ufffdb");
  });

  it("keeps unknown attributes and the event identification", () => {
    const event = eventOf(
      rawRegistered({ AttributeRegistrationCode: 3, EventSequenceNumber: 9, ServerStartTime: 7 }),
    );
    expect(event.sequenceNumber).toBe(9);
    expect(event.other).toEqual({
      AttributeRegistrationCode: 3,
      EventSequenceNumber: 9,
      ServerStartTime: 7,
    });
  });

  it("goes without an event identification that it cannot read", () => {
    expect(eventOf(rawRegistered({ EventSequenceNumber: "1a" })).sequenceNumber).toBeUndefined();
  });

  it("keeps a member called __proto__ as data", () => {
    const raw: unknown = JSON.parse(
      JSON.stringify(rawRegistered()).replace("{", '{"__proto__":{"ThisDN":"9"},'),
    );
    const { thisDN, other } = eventOf(raw);
    expect(thisDN).toBe("7001");
    expect(JSON.stringify(other)).toBe('{"__proto__":{"ThisDN":"9"}}');
  });

  describe("with an agent (footnote a)", () => {
    it.each(["AddressTypeDN", "AddressTypePosition"])("allows one on %s", (AddressType) => {
      const event = eventOf(rawRegistered({ AgentID: "4711", InfoStatus: { AddressType } }));
      expect(event.agentID).toBe("4711");
    });

    it("allows one where no address type is given", () => {
      expect(eventOf(rawRegistered({ AgentID: "4711", InfoStatus: null })).agentID).toBe("4711");
    });

    it("drops one elsewhere with a warning and takes the event", () => {
      const result = read(rawRegistered({ AgentID: "4711", InfoStatus: { AddressType: 3 } }));
      expect(result).toMatchObject({
        kind: "event",
        event: { agentID: undefined },
        warnings: [{ pointer: "/AgentID", code: "agent-id-not-allowed" }],
      });
    });
  });

  describe("with extensions (footnote b)", () => {
    it("takes any key-value list, nested ones too", () => {
      const Extensions = { "call-uuid-1": "A", "total-ports": 4, list: { a: [1, null] } };
      expect(eventOf(rawRegistered({ Extensions })).extensions).toEqual(Extensions);
    });
  });

  describe("without a ReferenceID (footnote a of EventUnregistered)", () => {
    it("takes an EventUnregistered that names its cause instead", () => {
      expect(eventOf(rawUnregistered())).toMatchObject({ referenceID: undefined, errorCode: 59 });
    });
  });

  it("ignores other events of T-Library", () => {
    expect(read({ Event: "EventEstablished" })).toEqual({ kind: "ignored" });
    expect(read({ Event: 64 })).toEqual({ kind: "ignored" });
  });

  it.each([["EventMade Up"], [5], [9999], [true]])(
    "rejects the name %s, which T-Library does not have",
    (Event) => {
      expect(codesOf(rawRegistered({ Event }))).toEqual(["/Event unknown-event"]);
    },
  );

  it.each([[null], [[]], ["text"], [5]])("rejects %j, which is no object", (value) => {
    expect(codesOf(value)).toEqual([" wrong-type"]);
  });

  it("points into the body where the event stands", () => {
    const result = readEvent(rawRegistered({ ThisDN: null }), "/events/3", reading);
    expect(result).toMatchObject({ problems: [{ pointer: "/events/3/ThisDN" }] });
  });

  describe("with two spellings of one attribute", () => {
    it("takes them when they mean the same", () => {
      const event = rawRegistered({ messageName: "EventRegistered", AttributeReferenceID: "88" });
      expect(eventOf(event).referenceID).toBe(88);
      const parts = { time: null, TimeinSecs: 1_795_143_480, AttributeTimeinSecs: "1795143480" };
      expect(read(rawRegistered({ ...parts, AttributeServer: "65200" })).kind).toBe("event");
    });

    it("takes them when they are equal, whatever they mean and however they are written", () => {
      const nested = { a: 1, b: { c: 2, d: 3 } };
      const turned = { b: { d: 3, c: 2 }, a: 1 };
      const event = rawRegistered({ Extensions: nested, AttributeExtensions: turned });
      expect(read(event).kind).toBe("event");
      expect(codesOf(rawRegistered({ ReferenceID: "x", AttributeReferenceID: "x" }))).toEqual([
        "/ReferenceID wrong-type",
      ]);
    });

    it("does not look at attributes that the event does not have", () => {
      const event = rawUnregistered({
        InfoType: 17,
        addressInfoType: 9,
        AgentID: "a",
        agentID: "b",
      });
      expect(read(event).kind).toBe("event");
      expect(read({ Event: "EventRinging", ThisDN: "1", thisDN: "2" })).toEqual({
        kind: "ignored",
      });
      expect(codesOf({ Event: 60, messageName: "EventDialing" })).toEqual(["/Event contradiction"]);
    });

    it("rejects them when they disagree, naming both", () => {
      expect(problemsOf(rawRegistered({ thisDN: "7002" }))).toEqual([
        {
          pointer: "/ThisDN",
          code: "contradiction",
          detail: "/ThisDN and /thisDN give ThisDN different values",
        },
      ]);
    });

    it("rejects them when one means nothing, or when they are parts of a time", () => {
      expect(codesOf(rawRegistered({ AttributeReferenceID: "x" }))).toEqual([
        "/ReferenceID contradiction",
      ]);
      expect(codesOf(rawRegistered({ TimeinSecs: 5, timeinSecs: 6 }))).toContain(
        "/TimeinSecs contradiction",
      );
    });
  });

  describe("looking at the clock", () => {
    const ahead = (minutes: number) =>
      rawRegistered({ time: { sec: 1_795_143_480 + 60 + minutes * 60, usec: 0 } });

    it("takes up to 5 minutes ahead as they are", () => {
      expect(read(ahead(5))).toMatchObject({ kind: "event", warnings: [] });
    });

    it("warns of more than 5 minutes", () => {
      expect(read(ahead(6))).toMatchObject({
        kind: "event",
        warnings: [{ pointer: "/time", code: "time-ahead" }],
      });
    });

    it("rejects more than 60 minutes, milliseconds taken for seconds among them", () => {
      expect(codesOf(ahead(61))).toEqual(["/time time-in-future"]);
      expect(codesOf(rawRegistered({ time: { sec: 1_795_143_480_123 } }))).toEqual([
        "/time time-in-future",
      ]);
    });
  });

  describe("looking for the server name", () => {
    const nameless = (changes: Record<string, unknown> = {}) =>
      rawRegistered({ ServerName: null, ...changes });
    const request = { pointer: "/serverName", value: "FROM-REQUEST" };

    it.each([
      ["ServerName first", rawRegistered({ Server: "OTHER" }), "SIPTS750"],
      ["then a Server that is a name", nameless({ Server: "TS-1" }), "TS-1"],
      ["then the request's", nameless(), "FROM-REQUEST"],
    ])("takes %s", (_, event, expected) => {
      const changes = { requestServerName: request, keyServerName: "FROM-KEY" };
      expect(eventOf(event, changes).server).toBe(expected);
    });

    it("takes the key's last", () => {
      expect(eventOf(nameless(), { keyServerName: "FROM-KEY" }).server).toBe("FROM-KEY");
      expect(eventOf(nameless({ Server: null }), { keyServerName: "K" }).server).toBe("K");
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

    it.each([[5], ["x".repeat(129)], ["a\nb"]])(
      "rejects a request's name that is none",
      (value) => {
        const changes = { requestServerName: { pointer: "/serverName", value } };
        expect(codesOf(nameless(), changes)).toEqual(["/serverName invalid-value"]);
      },
    );
  });

  describe("naming the event", () => {
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

    it("goes by the T-Server's own identification instead of the ReferenceID where it is complete", () => {
      const identified = { EventSequenceNumber: 9, ServerStartTime: 1_795_000_000 };
      const first = eventOf(rawRegistered(identified));
      expect(eventOf(rawRegistered({ ...identified, ReferenceID: 5 })).id).toBe(first.id);
      expect(eventOf(rawRegistered({ ...identified, EventSequenceNumber: 10 })).id).not.toBe(
        first.id,
      );
      expect(eventOf(rawRegistered({ EventSequenceNumber: 9 })).id).toBe(
        eventOf(rawRegistered()).id,
      );
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

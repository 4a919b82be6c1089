import { describe, expect, it } from "vitest";
import { readEvent } from "../../../lambda/domain/event/read-event.ts";
import { baseTime, rawRegistered, rawUnregistered } from "../../support/build-event.ts";
import { codesOf, eventOf, problemsOf, read, reading } from "../../support/read-raw-event.ts";

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
    ["a DN with a noncharacter", { ThisDN: "70\uffff" }, "/ThisDN invalid-value"],
    ["a DN with a lone surrogate", { ThisDN: "70\ud800" }, "/ThisDN invalid-value"],
    ["an agent with a line break", { AgentID: "47\n11" }, "/AgentID invalid-value"],
    ["a customer of 129 characters", { CustomerID: "x".repeat(129) }, "/CustomerID invalid-value"],
    ["a ReferenceID over 32 bits", { ReferenceID: 4_294_967_296 }, "/ReferenceID invalid-value"],
    ["a ReferenceID with a fraction", { ReferenceID: 1.5 }, "/ReferenceID invalid-value"],
    ["a ReferenceID that is text", { ReferenceID: "many" }, "/ReferenceID wrong-type"],
    ["a ReferenceID that is a list", { ReferenceID: [88] }, "/ReferenceID wrong-type"],
    ["another InfoType", { InfoType: "AddressInfoDNStatus" }, "/InfoType wrong-type"],
    ["another InfoType by number", { InfoType: 17 }, "/InfoType wrong-type"],
    [
      "an unknown address type",
      { InfoStatus: { AddressType: 77 } },
      "/InfoStatus/AddressType wrong-type",
    ],
    ["Extensions that are a list", { Extensions: [1] }, "/Extensions wrong-type"],
    ["Extensions that are text", { Extensions: "none" }, "/Extensions wrong-type"],
    ["a time as words", { time: "soon" }, "/time wrong-type"],
    ["a Server that is a fraction", { Server: 1.5 }, "/Server invalid-value"],
    ["a Server that is an object", { Server: {} }, "/Server wrong-type"],
    [
      "a server name that is too long",
      { ServerName: "x".repeat(129) },
      "/ServerName invalid-value",
    ],
  ])("rejects %s", (_, changes, expected) => {
    expect(codesOf(rawRegistered(changes))).toEqual([expected]);
  });

  it("accepts the longest DN and the greatest ReferenceID", () => {
    const longest = { ThisDN: "7".repeat(255), ReferenceID: 4_294_967_295 };
    expect(eventOf(rawRegistered(longest))).toMatchObject({
      thisDN: longest.ThisDN,
      referenceID: longest.ReferenceID,
    });
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

  describe("with an agent (footnote a)", () => {
    it.each(["AddressTypeDN", "AddressTypePosition"])("allows one on %s", (AddressType) => {
      const event = eventOf(rawRegistered({ AgentID: "4711", InfoStatus: { AddressType } }));
      expect(event.agentID).toBe("4711");
    });

    it("allows one where no address type is given", () => {
      expect(eventOf(rawRegistered({ AgentID: "4711", InfoStatus: null })).agentID).toBe("4711");
    });

    it("drops one elsewhere with a warning and accepts the event", () => {
      const result = read(rawRegistered({ AgentID: "4711", InfoStatus: { AddressType: 3 } }));
      expect(result).toMatchObject({
        kind: "event",
        event: { agentID: undefined },
        warnings: [{ pointer: "/AgentID", code: "agent-id-not-allowed" }],
      });
    });
  });

  describe("with extensions (footnote b)", () => {
    it("accepts any key-value list, nested ones too", () => {
      const Extensions = { "call-uuid-1": "A", "total-ports": 4, list: { a: [1, null] } };
      expect(eventOf(rawRegistered({ Extensions })).extensions).toEqual(Extensions);
    });
  });

  describe("without a ReferenceID (footnote a of EventUnregistered)", () => {
    it("accepts an EventUnregistered that names its cause instead", () => {
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

  it.each([[null], [[]], ["text"], [5]])("rejects %j, which is not an object", (value) => {
    expect(codesOf(value)).toEqual([" wrong-type"]);
  });

  it("points to the event's place in the body", () => {
    const result = readEvent(rawRegistered({ ThisDN: null }), "/events/3", reading);
    expect(result).toMatchObject({ problems: [{ pointer: "/events/3/ThisDN" }] });
  });
});

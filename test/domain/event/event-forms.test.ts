import { describe, expect, it } from "vitest";
import { baseTime, rawRegistered, rawUnregistered } from "../../support/build-event.ts";
import { codesOf, eventOf, problemsOf, read } from "../../support/read-raw-event.ts";

describe("readEvent, however an event is written", () => {
  it.each([
    ["its name", "AddressTypePosition"],
    ["its short name", "Position"],
    ["its number", 2],
    ["its number as text", "2"],
  ])("reads an address type by %s", (_, AddressType) => {
    const event = eventOf(rawRegistered({ InfoStatus: { AddressType } }));
    expect(event.addressType).toBe("AddressTypePosition");
  });

  it("reads the address type under a flat key", () => {
    const flat = rawRegistered({ InfoStatus: null, "InfoStatus.AddressType": 3 });
    expect(eventOf(flat).addressType).toBe("AddressTypeQueue");
  });

  it("keeps the other members of InfoStatus, and rejects a list", () => {
    const event = eventOf(rawRegistered({ InfoStatus: { AddressType: 1, more: 2 } }));
    expect(event).toMatchObject({
      addressType: "AddressTypeDN",
      other: { InfoStatus: { more: 2 } },
    });
    expect(codesOf(rawRegistered({ InfoStatus: [1] }))).toEqual(["/InfoStatus wrong-type"]);
  });

  it("reads the time in two parts", () => {
    const parts = rawRegistered({ time: null, TimeinSecs: 1_795_143_480, TimeinuSecs: 123_456 });
    expect(eventOf(parts).time).toBe(baseTime);
    const seconds = rawRegistered({ time: null, TimeinSecs: 1_795_143_480 });
    expect(eventOf(seconds).time).toBe(baseTime - 123_456);
  });

  it("points to the one of two parts that is at fault", () => {
    const parts = { time: null, TimeinSecs: 1_795_143_480, TimeinuSecs: 1_000_000 };
    expect(codesOf(rawRegistered(parts))).toEqual(["/TimeinuSecs wrong-type"]);
  });

  it("takes the same time with 6 to 9 digits for the same event", () => {
    const ids = ["123456Z", "1234567Z", "123456999Z"].map(
      (end) => eventOf(rawRegistered({ time: `2026-11-20T02:58:00.${end}` })).id,
    );
    expect(new Set(ids).size).toBe(1);
  });

  it("reads decimal text as integers", () => {
    expect(eventOf(rawRegistered({ ReferenceID: "88" })).referenceID).toBe(88);
    expect(eventOf(rawUnregistered({ ErrorCode: "59" })).errorCode).toBe(59);
  });

  it("reads event numbers as names", () => {
    expect(eventOf(rawRegistered({ Event: 53 })).event).toBe("EventRegistered");
    expect(eventOf(rawUnregistered({ Event: "54" })).event).toBe("EventUnregistered");
  });

  it("keeps a DN as it is", () => {
    const thisDN = " +49 89/007:1@a ";
    expect(eventOf(rawRegistered({ ThisDN: thisDN })).thisDN).toBe(thisDN);
  });

  it.each(["ReferenceID", "ErrorCode"] as const)(
    "reads zero as absent in an EventUnregistered's %s",
    (attribute) => {
      const event = eventOf(rawUnregistered({ [attribute]: 0 }));
      expect(attribute === "ReferenceID" ? event.referenceID : event.errorCode).toBeUndefined();
    },
  );

  it("accepts zero as a ReferenceID in an EventRegistered", () => {
    expect(eventOf(rawRegistered({ ReferenceID: 0 })).referenceID).toBe(0);
  });

  it("ignores attributes that an event does not have, even where they are malformed", () => {
    const event = eventOf(rawUnregistered({ AgentID: 5, InfoType: "x", InfoStatus: "x" }));
    expect(event.agentID).toBeUndefined();
    const other = eventOf(rawRegistered({ ErrorCode: "x", ErrorMessage: 5 }));
    expect(other.errorCode).toBeUndefined();
  });

  it("repairs an ErrorMessage that is not well-formed Unicode", () => {
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

  it("treats an unknown attribute without a value as absent", () => {
    expect(eventOf(rawRegistered({ Colour: null, Size: "", Mood: 0 })).other).toEqual({ Mood: 0 });
  });

  it("has no other members where an event is plain", () => {
    expect(eventOf(rawRegistered()).other).toBeUndefined();
  });

  it("goes without an event identification that it cannot read, and keeps it as it was written", () => {
    const event = eventOf(rawRegistered({ EventSequenceNumber: "1a", ServerStartTime: "7" }));
    expect(event.sequenceNumber).toBeUndefined();
    expect(event.other).toEqual({ EventSequenceNumber: "1a", ServerStartTime: 7 });
  });

  it("keeps a member called __proto__ as data", () => {
    const raw: unknown = JSON.parse(
      JSON.stringify(rawRegistered()).replace("{", '{"__proto__":{"ThisDN":"9"},'),
    );
    const { thisDN, other } = eventOf(raw);
    expect(thisDN).toBe("7001");
    expect(JSON.stringify(other)).toBe('{"__proto__":{"ThisDN":"9"}}');
  });

  describe("with two spellings of one attribute", () => {
    it("accepts them when they mean the same", () => {
      const event = rawRegistered({ messageName: 53, AttributeReferenceID: "88" });
      expect(eventOf(event).referenceID).toBe(88);
      const parts = { time: null, TimeinSecs: 1_795_143_480, AttributeTimeinSecs: "1795143480" };
      expect(read(rawRegistered({ ...parts, AttributeServer: "65200" })).kind).toBe("event");
    });

    it("accepts them when they are equal, whatever they mean and however they are written", () => {
      const nested = { a: 1, b: { c: 2, d: null } };
      const turned = { b: { d: null, c: 2 }, a: 1 };
      const event = rawRegistered({ Extensions: nested, AttributeExtensions: turned });
      expect(read(event).kind).toBe("event");
      expect(codesOf(rawRegistered({ ReferenceID: "x", AttributeReferenceID: "x" }))).toEqual([
        "/ReferenceID wrong-type",
      ]);
    });

    it("ignores attributes that the event does not have", () => {
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

    it("rejects them when they differ, naming both", () => {
      expect(problemsOf(rawRegistered({ thisDN: "7002" }))).toEqual([
        {
          pointer: "/ThisDN",
          code: "contradiction",
          detail: "/ThisDN and /thisDN give ThisDN different values",
        },
      ]);
    });

    it("rejects them when one or both have no meaning, or when they are parts of a time", () => {
      for (const ReferenceID of [88, "y"]) {
        expect(codesOf(rawRegistered({ ReferenceID, AttributeReferenceID: "x" }))).toEqual([
          "/ReferenceID contradiction",
        ]);
      }
      expect(codesOf(rawRegistered({ TimeinSecs: 5, timeinSecs: 6 }))).toContain(
        "/TimeinSecs contradiction",
      );
    });
  });
});

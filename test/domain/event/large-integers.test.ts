import { describe, expect, it } from "vitest";
import { writeInteger } from "../../../lambda/domain/large-integer.ts";
import { openers } from "../../../lambda/domain/request/body.ts";
import { baseTime, rawRegistered, rawUnregistered } from "../../support/build-event.ts";
import { eventOf, problemsOf } from "../../support/read-raw-event.ts";

const large = writeInteger("33497843125542913");

describe("an integer beyond 2^53", () => {
  it("stays as it is where it is only kept", () => {
    const event = eventOf(
      rawRegistered({
        Extensions: { "conn-1": large, list: [{ deep: large }] },
        AttributeCallUUID: large,
        ServerStartTime: large,
        EventSequenceNumber: large,
      }),
    );
    expect(JSON.stringify([event.extensions, event.other])).toBe(
      `[{"conn-1":33497843125542913,"list":[{"deep":33497843125542913}]},${[
        '{"AttributeCallUUID":33497843125542913',
        '"EventSequenceNumber":33497843125542913',
        '"ServerStartTime":33497843125542913}]',
      ].join(",")}`,
    );
    expect(event.sequenceNumber).toBeUndefined();
  });

  it("identifies its T-Server's start as its digits do", () => {
    const idOf = (ServerStartTime: unknown, EventSequenceNumber = 5) =>
      eventOf(rawRegistered({ ServerStartTime, EventSequenceNumber })).id;
    expect(idOf(large)).toBe(idOf("33497843125542913"));
    expect(idOf(large)).not.toBe(idOf(writeInteger("33497843125542912")));
    expect(idOf(large)).not.toBe(idOf(large, 6));
  });

  it("may be the handle of a server", () => {
    expect(eventOf(rawRegistered({ Server: large })).server).toBe("SIPTS750");
  });

  it.each([
    [rawRegistered({ ReferenceID: large }), "ReferenceID must be an unsigned 32-bit integer"],
    [rawUnregistered({ ErrorCode: large }), "ErrorCode must be an integer"],
    [rawRegistered({ Event: large }), "Event must be a T-Library event, by name or number"],
    [rawRegistered({ InfoType: large }), "InfoType must be AddressInfoAddressType (8)"],
    [
      rawRegistered({ InfoStatus: large }),
      "InfoStatus.AddressType must be a TAddressType, by name or number",
    ],
    [rawRegistered({ Extensions: large }), "Extensions must be an object"],
    [rawRegistered({ ThisDN: large }), "ThisDN must be a string of 1 to 255 characters"],
    [
      rawRegistered({ time: { sec: large } }),
      "time has a sec that looks like microseconds: sec counts seconds since 1970",
    ],
    [
      rawRegistered({ Server: writeInteger("1e400") }),
      "Server must be an integer, or a string of 1 to 128 characters",
    ],
    [
      rawRegistered({ time: { sec: writeInteger("1e400") } }),
      "time has a sec that is not a whole number of seconds",
    ],
    [large, "an event must be a JSON object"],
  ])("is refused where it means something: %#", (event, detail) => {
    expect(problemsOf(event).map((problem) => problem.detail)).toEqual([detail]);
  });

  it("contradicts another one, but not itself", () => {
    const twice = (second: unknown) =>
      rawRegistered({ Extensions: { a: large }, extensions: { a: second } });
    expect(eventOf(twice(writeInteger("33497843125542913"))).thisDN).toBe("7001");
    for (const other of [writeInteger("33497843125542914"), { rawJSON: "33497843125542913" }]) {
      expect(problemsOf(twice(other))).toMatchObject([{ code: "contradiction" }]);
    }
  });
});

const event = (end: string) => `{"Event":"EventRegistered","Extensions":{"a":${end}}}`;

describe("a request with an integer beyond 2^53", () => {
  const textsOf = (mediaType: string, body: string) => {
    const opened = openers.get(mediaType)?.(body, baseTime);
    if (opened?.kind !== "entries") throw new Error(opened?.detail);
    return opened.entries.map((entry) =>
      entry.kind === "value" ? [entry.text, JSON.stringify(entry.value)] : [entry.problem.code],
    );
  };
  const text = event("33497843125542913");
  const cloudEvent = `{"specversion":"1.0","id":"1","source":"S","type":"t","data":${text}}`;

  it.each([
    ["alone", "application/json", text],
    ["in an array", "application/json", `[${text}]`],
    ["in an envelope", "application/json", `{"events":[${text}]}`],
    ["in NDJSON", "application/x-ndjson", text],
    ["in a CloudEvent", "application/cloudevents+json", cloudEvent],
    ["in a batch of CloudEvents", "application/cloudevents-batch+json", `[${cloudEvent}]`],
  ])("keeps its digits %s", (_, mediaType, body) => {
    expect(textsOf(mediaType, body)).toEqual([[text, text]]);
  });

  it("may have it 64 levels deep, as any other value", () => {
    const nested = (levels: number) =>
      `${'{"a":'.repeat(levels)}33497843125542913${"}".repeat(levels)}`;
    expect(textsOf("application/json", `[${nested(65)}]`)).toEqual([["too-deep"]]);
    expect(textsOf("application/json", `[${nested(64)}]`)).toEqual([[nested(64), nested(64)]]);
  });

  it("may be one, which is no event and no envelope", () => {
    expect(textsOf("application/json", "33497843125542913")).toEqual([
      ["33497843125542913", "33497843125542913"],
    ]);
    expect(textsOf("application/cloudevents+json", "33497843125542913")).toEqual([["wrong-type"]]);
  });
});

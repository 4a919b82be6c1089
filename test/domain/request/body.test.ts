import { describe, expect, it } from "vitest";
import { codesOf, entriesOf, nested, open, pointersOf } from "../../support/open-body.ts";

const openJson = open("application/json");
const openNdjson = open("application/x-ndjson");

describe("openJson", () => {
  it.each([
    ["one event", '{"Event":53}', [""]],
    ["an empty object, which is an event without any attribute", "{}", [""]],
    ["an array", '[{"Event":53},{"Event":54}]', ["/0", "/1"]],
    ["an envelope", '{"serverName":"S","events":[{},{}]}', ["/events/0", "/events/1"]],
    ["an envelope without a name", '{"events":[{}]}', ["/events/0"]],
    ["a heartbeat: an empty array", "[]", []],
    ["a heartbeat: an empty envelope", '{"events":[]}', []],
    ["a heartbeat: an envelope without events", '{"serverName":"S","registered":5}', []],
    ["an envelope with an unknown member", '{"more":1,"events":[{}]}', ["/events/0"]],
    ["an event with a member called events", '{"Event":53,"events":[]}', [""]],
    ["an event with a member of an envelope", '{"serverName":"S","ThisDN":"7001"}', [""]],
    ["something that is not an event", "5", [""]],
    ["null", "null", [""]],
  ])("opens %s", (_, text, pointers) => {
    expect(pointersOf(openJson(text))).toEqual(pointers);
  });

  it("passes on the envelope's server name, whatever it is, unless it is absent", () => {
    const namesOf = (name: unknown) =>
      entriesOf(openJson(JSON.stringify({ serverName: name, events: [{}] }))).map(
        ({ serverName }) => serverName,
      );
    expect(namesOf("S")).toEqual([{ pointer: "/serverName", value: "S" }]);
    expect(namesOf(5)).toEqual([{ pointer: "/serverName", value: 5 }]);
    expect(namesOf(null)).toEqual([undefined]);
    expect(namesOf("")).toEqual([undefined]);
  });

  it("refuses a body that is not JSON, and an envelope whose events are not an array", () => {
    expect(openJson("{").kind).toBe("not-json");
    expect(openJson("").kind).toBe("not-json");
    expect(openJson('{"events":{}}').kind).toBe("not-an-envelope");
  });

  it("accepts 500 events and no more", () => {
    const events = (count: number) => JSON.stringify(Array.from({ length: count }, () => ({})));
    expect(openJson(events(500)).kind).toBe("entries");
    expect(openJson(events(501)).kind).toBe("too-many");
    expect(openJson(`{"events":${events(501)}}`).kind).toBe("too-many");
  });

  it("refuses only the event of more than 20,000 bytes", () => {
    const event = (length: number) => `{"a":"${"x".repeat(length - 8)}"}`;
    expect(codesOf(openJson(`[${event(20_000)},${event(20_001)},{}]`))).toEqual([
      "value",
      "too-long",
      "value",
    ]);
    const umlauts = `{"a":"${"ä".repeat(10_000)}"}`;
    expect(codesOf(openJson(`[${umlauts}]`))).toEqual(["too-long"]);
  });

  it("refuses only the event that is nested too deeply", () => {
    expect(codesOf(openJson(`[${nested(64)},${nested(65)},${nested(200_000)}]`))).toEqual([
      "value",
      "too-deep",
      "too-deep",
    ]);
  });

  it("keeps the text of a single event as it came", () => {
    for (const text of [' {"a": 1e400} ', nested(65)]) {
      expect(entriesOf(openJson(text))[0]?.text).toBe(text);
    }
    expect(entriesOf(openJson(`[${nested(65)}]`))[0]?.text).toBe("(nested too deeply to be kept)");
  });
});

describe("openNdjson", () => {
  it("opens one event a line and points to the line", () => {
    expect(pointersOf(openNdjson('{"a":1}\n\n{"a":2}\r\n \r\n'))).toEqual(["/0", "/2"]);
  });

  it("refuses only the line that is not JSON", () => {
    expect(codesOf(openNdjson('{}\n{"a":\n{}'))).toEqual(["value", "not-json", "value"]);
  });

  it("reads no line as a heartbeat", () => {
    expect(pointersOf(openNdjson("\n"))).toEqual([]);
  });

  it("accepts 500 lines and no more", () => {
    expect(openNdjson("{}\n".repeat(500)).kind).toBe("entries");
    expect(openNdjson("{}\n".repeat(501)).kind).toBe("too-many");
  });
});

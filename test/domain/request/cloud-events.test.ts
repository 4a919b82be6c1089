import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toOutgoingMessage } from "../../../lambda/domain/message/outgoing-message.ts";
import { serverNameOfSource } from "../../../lambda/domain/request/cloud-event-source.ts";
import { codesOf, entriesOf, nested, open, pointersOf } from "../../support/open-body.ts";

const openCloudEvent = open("application/cloudevents+json");
const openCloudEvents = open("application/cloudevents-batch+json");

describe("opening CloudEvents", () => {
  const event = { Event: 53, ThisDN: "7001" };
  const cloudEvent = (changes: object = {}) => ({
    specversion: "1.0",
    id: "A-1",
    source: "SIP%2FTS%20750",
    type: "com.example.registered",
    datacontenttype: "application/json",
    data: event,
    ...changes,
  });
  const problemOf = (changes: object) => {
    const [entry] = entriesOf(openCloudEvent(JSON.stringify(cloudEvent(changes))));
    return entry?.kind === "refused" ? `${entry.problem.pointer} ${entry.problem.code}` : "none";
  };

  it("reads data as the event and the decoded source as the server name, and keeps the rest", () => {
    const { data: _, ...context } = cloudEvent();
    expect(entriesOf(openCloudEvent(JSON.stringify(cloudEvent())))).toEqual([
      {
        kind: "value",
        pointer: "/data",
        text: JSON.stringify(event),
        value: event,
        serverName: { pointer: "/source", value: "SIP/TS 750" },
        kept: { cloudEvent: context },
      },
    ]);
  });

  it("opens a batch one by one, and one bad event does not spoil the others", () => {
    const body = openCloudEvents(JSON.stringify([cloudEvent(), 5, cloudEvent({ id: "" })]));
    expect(pointersOf(body)).toEqual(["/0/data", "/1", "/2"]);
    expect(codesOf(body)).toEqual(["value", "wrong-type", "cloudevent-invalid"]);
    expect(pointersOf(openCloudEvents("[]"))).toEqual([]);
  });

  it.each([
    ["no specversion", { specversion: undefined }, "/specversion cloudevent-invalid"],
    ["another specversion", { specversion: "0.3" }, "/specversion cloudevent-invalid"],
    ["no id", { id: undefined }, "/id cloudevent-invalid"],
    ["no source", { source: undefined }, "/source cloudevent-invalid"],
    ["no type", { type: 5 }, "/type cloudevent-invalid"],
    ["no data", { data: undefined }, "/data cloudevent-invalid"],
    [
      "another content type",
      { datacontenttype: "text/xml" },
      "/datacontenttype cloudevent-invalid",
    ],
    ["a JSON dialect", { datacontenttype: "application/x+json; charset=utf-8" }, "none"],
    ["no content type", { datacontenttype: undefined }, "none"],
  ])("judges a CloudEvent with %s", (_, changes, expected) => {
    expect(problemOf(changes)).toBe(expected);
  });

  const inBase64 = (text: string | Buffer, changes: object = {}) =>
    cloudEvent({ data: undefined, data_base64: Buffer.from(text).toString("base64"), ...changes });

  it("reads data_base64 that is said to be JSON as the event, and keeps the rest", () => {
    const text = '{ "Event":53, "Extensions":{"name":"Müller","n":33497843125542913} }';
    const { data: _, ...context } = cloudEvent();
    const [entry] = entriesOf(openCloudEvent(JSON.stringify(inBase64(text))));
    expect(entry).toMatchObject({
      kind: "value",
      pointer: "/data_base64",
      text,
      kept: { cloudEvent: context },
    });
    expect(JSON.stringify(entry)).toContain('"n":33497843125542913');
    expect(pointersOf(openCloudEvents(JSON.stringify([inBase64(text, { data: null })])))).toEqual([
      "/0/data_base64",
    ]);
  });

  it.each([
    [
      "data beside it",
      inBase64("{}", { data: event }),
      "/data_base64",
      "must not stand beside data",
    ],
    [
      "no content type",
      inBase64("{}", { datacontenttype: undefined }),
      "/datacontenttype",
      "is missing: with data_base64 it must be JSON",
    ],
    [
      "another content type",
      inBase64("{}", { datacontenttype: "application/octet-stream" }),
      "/datacontenttype",
      "must be JSON: give the event as JSON in data",
    ],
    [
      "what is no text",
      inBase64("", { data_base64: 5 }),
      "/data_base64",
      "must be base64 of UTF-8",
    ],
    ["no end", inBase64("", { data_base64: "e30" }), "/data_base64", "must be base64 of UTF-8"],
    ["a space", inBase64("", { data_base64: "e3 0=" }), "/data_base64", "must be base64 of UTF-8"],
    ["base64url", inBase64("", { data_base64: "-_-_" }), "/data_base64", "must be base64 of UTF-8"],
    [
      "Latin-1",
      inBase64(Buffer.from('"\xfc"', "latin1")),
      "/data_base64",
      "must be base64 of UTF-8",
    ],
    ["what is no JSON", inBase64("{oops"), "/data_base64", "must hold JSON"],
    ["nothing", inBase64(""), "/data_base64", "must hold JSON"],
  ])("refuses a CloudEvent whose data_base64 has %s", (_, given, pointer, why) => {
    const [entry] = entriesOf(openCloudEvent(JSON.stringify(given)));
    if (entry?.kind !== "refused") throw new Error("taken");
    expect(entry.problem).toMatchObject({ pointer, code: "cloudevent-invalid" });
    expect(entry.problem.detail).toContain(`${pointer.slice(1)} of the CloudEvent ${why}`);
  });

  it("gives no name where the source names something else, and says so", () => {
    const given = cloudEvent({ source: "urn:example:pbx" });
    const [entry] = entriesOf(openCloudEvent(JSON.stringify(given)));
    expect(entry?.serverName).toEqual({
      pointer: "/source",
      value: undefined,
      why: expect.stringContaining("/servers/NAME or as NAME alone"),
    });
  });

  it("refuses as a whole a text that is too long or too deep", () => {
    expect(problemOf({ extension: "x".repeat(20_000) })).toBe(" too-long");
    expect(problemOf({ extension: JSON.parse(nested(66)) })).toBe(" too-deep");
  });

  it("measures data_base64 as the event that it holds, and the rest by itself", () => {
    const textOf = (bytes: number) => JSON.stringify({ a: "x".repeat(bytes - 8) });
    const problemWith = (bytes: number, changes: object = {}) =>
      problemOf({ ...inBase64(textOf(bytes)), ...changes });
    expect(problemWith(20_000)).toBe("none");
    expect(problemWith(20_001)).toBe("/data_base64 too-long");
    expect(problemWith(100_000)).toBe(" too-long");
    expect(problemWith(10_000, { extension: "x".repeat(15_000) })).toBe("none");
    expect(problemWith(10_000, { extension: "x".repeat(20_000) })).toBe(" too-long");
    expect(problemOf({ data: undefined, data_base64: ["x".repeat(20_000)] })).toBe(" too-long");
  });

  it("refuses a text that is not JSON, and a batch that is not an array", () => {
    expect(openCloudEvent("{").kind).toBe("not-json");
    expect(openCloudEvents("{").kind).toBe("not-json");
    expect(openCloudEvents("{}").kind).toBe("not-an-envelope");
  });
});

describe("the source of a CloudEvent", () => {
  it.each([
    ["SIPTS750", "SIPTS750"],
    ["T-Server%201", "T-Server 1"],
    ["site/SIPTS750", "site/SIPTS750"],
    ["/servers/SIPTS750", "SIPTS750"],
    ["/servers/T-Server%201%2Fb", "T-Server 1/b"],
    ["servers/SIPTS750", "servers/SIPTS750"],
  ])("%s names the server %s", (source, name) => {
    expect(serverNameOfSource(source)).toBe(name);
  });

  it.each([
    "urn:example:SIPTS750",
    "https://pbx.example.com/servers/SIPTS750",
    "HTTPS://pbx",
    "/Servers/SIPTS750",
    "/SERVERS/SIPTS750",
    "mailto:a@b",
    "/SIPTS750",
    "/server/SIPTS750",
    "//servers/SIPTS750",
    "/servers/",
    "/servers//SIPTS750",
    "/servers/SIPTS750/",
    "/servers/SIPTS750/dns/7001",
    "/servers/%zz",
    "%zz",
    "T-Server%",
    "%FF",
  ])("%s names none", (source) => {
    expect(serverNameOfSource(source)).toBeUndefined();
  });

  it("of our own messages names their server, whatever its name", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 128 });
    const content = {
      id: "1",
      type: "t",
      subject: "s",
      sequence: "1",
      data: {},
      time: 0,
      title: "",
    };
    fc.assert(
      fc.property(name, (server) => {
        fc.pre(server.isWellFormed());
        const { event } = toOutgoingMessage({ ...content, server, attributes: {} });
        expect(serverNameOfSource(event.source)).toBe(server);
      }),
    );
  });
});

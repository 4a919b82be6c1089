import { describe, expect, it } from "vitest";
import type { Format } from "../../../bridge/reading/detect-format.ts";
import { eventsOf, itemsOf } from "../support/items.ts";

const header = "@13:20:31.6650 [0] 8.1.101.25 send_to_client: message EventRegistered";
const parse = (text: string): unknown => JSON.parse(text);
const read = (log: string, format: Format = "t-server-log") =>
  eventsOf(itemsOf(format, log)).map(({ text }) => parse(text));

describe("reading the log of a T-Server", () => {
  it("reads texts, integers with a remark, and the hexadecimal sequence number", () => {
    const lines = [
      header,
      "\tAttributeEventSequenceNumber\t0000000000000b86",
      "\tAttributeTimeinSecs\t1420644031 (13:20:31)",
      "\tAttributeThisDN\t'0815'",
      "\tAttributeCustomerID\t'O'Brien & 'Co''",
      "\tAttributeErrorMessage\t''",
    ];
    expect(read(lines.join("\r\n"))).toEqual([
      {
        AttributeEventName: "EventRegistered",
        AttributeEventSequenceNumber: 0xb86,
        AttributeTimeinSecs: 1_420_644_031,
        AttributeThisDN: "0815",
        AttributeCustomerID: "O'Brien & 'Co'",
        AttributeErrorMessage: "",
        AttributeExtensions: {},
      },
    ]);
  });

  it("keeps lists within lists, and keys that JavaScript knows", () => {
    const lines = [
      header,
      "\tAttributeExtensions\t[64] 00 02..",
      "\t\t'__proto__'\t'x'",
      "\t\t'inner'\t(list)",
      "\t\t\t'deep'\t-7",
      "\t\t\t'large'\t-9223372036854775808",
      "\t\t'after'\t'y'",
      "\tAttributeThisDN\t'1'",
    ];
    const [event] = eventsOf(itemsOf("t-server-log", lines.join("\n")));
    expect(event?.text).toContain(
      '"AttributeExtensions":{"__proto__":"x","inner":{"deep":-7,"large":-9223372036854775808},"after":"y"},"AttributeThisDN":"1"',
    );
  });

  it("names every client that an event was sent to, and no other event's", () => {
    const sent = (name: string, client: string) =>
      `13:20:31.665 Trc 04542 ${name} sent to [508] (00000005 ${client} 192.0.2.1:3425)`;
    const text = [
      header,
      "\tAttributeThisDN\t'1'",
      "13:20:31.665 Int 04543 anything",
      sent("EventRegistered", "A b"),
      sent("EventRegistered", "C"),
      sent("EventRinging", "D"),
      "message EventRinging",
      "\tAttributeThisDN\t'2'",
      sent("EventRinging", "A b"),
      header,
      "\tAttributeThisDN\t'3'",
    ].join("\n");
    const clients = itemsOf("t-server-log", text, 7).map(
      (item) => item.kind === "event" && item.clients,
    );
    expect(clients).toEqual([["A b", "C"], []]);
  });

  it("takes the events about connections and links, where they have a time, with their clients", () => {
    const about = (name: string, time = "\tAttributeTimeinSecs\t1420644031") =>
      `@13:20:31.6650 [0] 8.1 distribute_event: message ${name}\n${time}\n13:20:31.665 Trc 04542 ${name} sent to [508] (00000005 A 192.0.2.1:3425)`;
    const wanted = ["EventLinkDisconnected", "EventLinkConnected", "EventUnregisteredAll"];
    const text = [
      ...wanted.map((name) => about(name)),
      about("EventServerDisconnected", "\tAttributeEventSequenceNumber\t1"),
      about("EventError"),
    ].join("\n");
    const items = itemsOf("t-server-log", text);
    expect(eventsOf(items).map(({ text: one }) => parse(one))).toEqual(
      wanted.map((name) => ({ AttributeEventName: name, AttributeTimeinSecs: 1_420_644_031 })),
    );
    expect(items.map((item) => item.kind === "event" && item.clients)).toEqual(
      wanted.map(() => ["A"]),
    );
  });

  it("ends an event at an empty or unindented line", () => {
    expect(read(`${header}\n\tAttributeThisDN\t'1'\n\n\tAttributeThisDN\t'2'`)).toMatchObject([
      { AttributeThisDN: "1" },
    ]);
  });

  it("takes a line that is not UTF-8 for Latin-1", () => {
    const text = Buffer.from(`${header}\n\tAttributeCustomerID\t'M\u00fcller'`, "latin1");
    const [event] = eventsOf(itemsOf("t-server-log", text));
    expect(event?.text).toContain('"M\u00fcller"');
  });
});

describe("reading the log of a Platform SDK client", () => {
  it("reads the block of the time, enumerations with a name, and nothing as absent", () => {
    const text = `x message 'EventUnregistered' ('54')
message attributes:
Time            = ComplexClass(TimeStamp):
\tAttributeTimeinuSecs [int] = 573000
\tAttributeTimeinSecs [int] = 1420644031
AttributeThisDN [str] = "22"14"
AttributeAddressInfoType [int] = 8 [AddressType]
AttributeCustomerID [str] = null
AttributeUserData [bstr] = KVList:
\t\t'Key' [str] = "value"
\t\t'List' [list] = KVList:
\t\t\t'Inner' [int] = 7
. Processing with  state`;
    expect(read(text, "platform-sdk-log")).toEqual([
      {
        AttributeEventName: "EventUnregistered",
        AttributeTimeinuSecs: 573_000,
        AttributeTimeinSecs: 1_420_644_031,
        AttributeThisDN: '22"14',
        AttributeAddressInfoType: 8,
        AttributeCustomerID: "",
        AttributeUserData: { Key: "value", List: { Inner: 7 } },
      },
    ]);
  });

  it("passes over other messages and what follows them", () => {
    const text = `'EventAgentLogin' (73) attributes:
\tAttributeThisDN [str] = "1"
'EventRegistered' (53) attributes:
\tAttributeThisDN [str] = "2"
'RequestRegisterAddress' (3) attributes:
\tAttributeThisDN [str] = "3"`;
    expect(read(text, "platform-sdk-log")).toMatchObject([
      { AttributeThisDN: "2", AttributeExtensions: {} },
    ]);
  });

  it("takes the events about connections and links, where they have a time", () => {
    const text = `'EventServerDisconnected' (51) attributes:
\tAttributeTimeinSecs [int] = 1420644031
'EventServerConnected' (50) attributes:
'EventLinkDisconnected' (94) attributes:
\tAttributeTimeinSecs [int] = 1420644032
'EventError' (52) attributes:
\tAttributeTimeinSecs [int] = 1420644033`;
    expect(read(text, "platform-sdk-log")).toEqual([
      { AttributeEventName: "EventServerDisconnected", AttributeTimeinSecs: 1_420_644_031 },
      { AttributeEventName: "EventLinkDisconnected", AttributeTimeinSecs: 1_420_644_032 },
    ]);
  });
});

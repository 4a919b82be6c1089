import { describe, expect, it } from "vitest";
import type { SourceItem } from "../../../bridge/source-event.ts";
import { eventsOf, itemsOf } from "../support/items.ts";

const lines = [
  "\tAttributeThisDN\t'7001'",
  "\tAttributeTimeinSecs\t1763452801 (08:00:01)",
  "\tAttributeErrorCode\t59",
];
const read = (text: string, format: "t-server-log" | "platform-sdk-log" = "t-server-log") =>
  eventsOf(itemsOf(format, text)).map(({ text: one }): unknown => JSON.parse(one));
const gapsOf = (items: readonly SourceItem[]) =>
  items.flatMap((item) => {
    if (item.kind === "gap") return [item.gap.why];
    return item.kind === "event" && item.doubt !== undefined ? [item.doubt] : [];
  });
const gaps = (text: string) => gapsOf(itemsOf("t-server-log", text));
const ended = (text: string) => `${text}\n08:00:02.000 Std 04120 Check point\n`;
const block = (...some: string[]) =>
  ended(["@08:00:01.0000 [0] 8.1 distribute_event: message EventUnregistered", ...some].join("\n"));
const lost = {
  AttributeEventName: "EventUnregistered",
  AttributeThisDN: "7001",
  AttributeTimeinSecs: 1_763_452_801,
  AttributeErrorCode: 59,
};

describe("the header of a message", () => {
  it.each([
    "message EventUnregistered",
    "@13:20:31.6650 [0] 8.1.101.25 send_to_client: message EventUnregistered",
    "@16:45:24.5942 [0] 8.1.101.25 distribute call/party event: message EventUnregistered",
    "13:20:31.665 [14:32] distribute_event: message EventUnregistered (54)",
    "2025-11-18T08:00:00.319 send_to_client: message EventUnregistered -- sent",
    "2025-11-18T08:00:00.319+01:00 [T:2560] sent: message EventUnregistered:",
    "received from 65200(TS900)ts.example:7007(fd=12) message EventUnregistered",
    "received from 65200(TS900)ts.example:7007(fd=12) message EventUnregistered(refid=0)",
    "08:00:01.388 [14:32] received from 65200(TS900): message 54",
    "08:00:01.388 send_to_client: EventUnregistered",
    "2016-04-20T09:22:09.969 Trc 04541 Message EventUnregistered received from 'sipserver_01_p@7001'",
    "Trc 04541 Message EventUnregistered received from 'SIPTS750@7593'\n\t : message EventUnregistered",
    '16:41:55.299 Int 04543 Interaction message "EventUnregistered" received from 65200 ("SIPTS750@3020")',
    "2016-04-29T16:26:11.580 Trc 50002 TEvent: EventUnregistered",
    "2025-11-18 08:00:00,029 DEBUG - Proxy got message 'EventUnregistered' ('54')\nmessage attributes:",
    "Received: 'EventUnregistered' (54) attributes:",
    "AgentMessage(super=BasicTelephonyMessage(message='EventUnregistered' (54) attributes:",
  ])("is %s", (header) => {
    const text = ended([header, ...lines].join("\n"));
    expect(read(text)).toEqual([lost]);
    expect(gaps(text)).toEqual([]);
  });

  it("gives the reference id that its attributes do not give", () => {
    const header =
      "received from 65200(TS900)ts.example:7007(fd=12) message EventUnregistered(refid=9)";
    const [dn = "", time = ""] = lines;
    expect(read(ended([header, dn, time].join("\n")))).toMatchObject([{ AttributeReferenceID: 9 }]);
  });

  it.each([
    "@08:00:01.0000 [0] 8.1 send_to_client: message EventUnreg",
    "@08:00:01.0000 [0] 8.1 send_to_client: message",
    "@08:00:01.0000 [0] 8.1 an event of the switch:",
    "",
  ])("is said to be not understood where it is %s", (header) => {
    const text = ended([header, ...lines].join("\n"));
    expect(gaps(text)).toHaveLength(1);
    expect(read(text)).toEqual([]);
  });

  it("need not be understood where its attributes are those of a call, or name an event", () => {
    const call = "\tAttributeConnID\t0066028d5b8f9001";
    expect(gaps(ended(["anything", ...lines, call].join("\n")))).toEqual([]);
    expect(gaps(ended(["anything", "\tAttributeEvent\t73", ...lines].join("\n")))).toEqual([]);
    const named = ended(
      ["anything", "\tAttributeEvent\t54 (EventUnregistered)", ...lines].join("\n"),
    );
    expect(read(named)).toEqual([lost]);
  });

  it("is not the name of an event that its attributes contradict", () => {
    expect(gaps(block("\tAttributeEvent\t53", ...lines))).toEqual([
      "EventUnregistered: its header says EventUnregistered, its attributes say EventRegistered",
    ]);
  });

  it("may have the attributes on its line", () => {
    const text =
      "'EventUnregistered' (54) attributes: AttributeThisDN [str] = \"7001\", AttributeTimeinSecs [int] = 1763452801, AttributeErrorCode [int] = 59";
    expect(read(ended(text), "platform-sdk-log")).toEqual([lost]);
  });
});

describe("the attributes of a message", () => {
  it("go on behind lines of something else", () => {
    const other = "08:00:01.000 Std 04503 connection to client closed";
    expect(read(block(lines[0] ?? "", other, lines[1] ?? "", "", lines[2] ?? ""))).toEqual([lost]);
  });

  it.each([
    [
      "without tabs",
      "AttributeThisDN '7001'\nAttributeTimeinSecs 1763452801 (08:00:01)\nAttributeErrorCode 59",
    ],
    [
      "behind what a shipper writes",
      lines.map((line) => `2025-11-18T08:00:01Z stdout F ${line}`).join("\n"),
    ],
    [
      "with a remark behind a text",
      "\tAttributeThisDN\t'7001' (Position)\n\tAttributeTimeinSecs 1763452801(08:00:01)\n\tAttributeErrorCode\t59",
    ],
    ["twice the same", [...lines, lines[2]].join("\n")],
    ["in tags of a log filter", `\tAttributeThisDN\t'<#7001#>'\n${lines.slice(1).join("\n")}`],
  ])("are read %s", (_, text) => {
    expect(read(block(text))).toEqual([lost]);
    expect(gaps(block(text))).toEqual([]);
  });

  it.each([
    ["\tAttributeErrorCode\t1999\n\t(Not allowed on this switch)", "Not allowed on this switch"],
    ["\tAttributeErrorCode\t1999 (Not allowed)", "Not allowed"],
    ["\tAttributeErrorCode\t1999 (****)", undefined],
    ["\tAttributeErrorMessage\t'own'\n\tAttributeErrorCode\t1999 (Not allowed)", "own"],
    ["\tAttributeErrorMessage\t'over\n  two lines'", "over\n  two lines"],
    ["\tAttributeErrorMessage\t'over\nthree\n\nlines'", "over\nthree\nlines"],
  ])("have the text of the error: %j", (text, message) => {
    const [event] = read(block(text));
    expect(event).toHaveProperty("AttributeEventName");
    if (message === undefined) expect(event).not.toHaveProperty("AttributeErrorMessage");
    else expect(event).toHaveProperty("AttributeErrorMessage", message);
  });

  it("keep digits that are a name", () => {
    const [event] = read(block("\tAttributeThisDN\t0815", "\tAttributeAgentID\t007"));
    expect(event).toMatchObject({ AttributeThisDN: "0815", AttributeAgentID: "007" });
  });

  it.each([
    ["\tAttributeThisDN\t'****'", "its ThisDN is masked"],
    ["\tAttributeThisDN\t'***01'", "its ThisDN is masked"],
    ["\tAttributeThisDN\t[output suppressed]", "its ThisDN is masked"],
    ["\tAttributeReferenceID\t***", "its ReferenceID is masked"],
    ["\tAttributeThisDN\t'70", "its ThisDN is cut off"],
    ["\tAttributeTimeinSecs\t17634", "its TimeinSecs is cut off"],
    ["\tAttributeErrorCode\t", "its ErrorCode is cut off"],
    ["\tAttributeCustomerID\t'Reta…'", "its CustomerID is cut off"],
    ["\tAttri", "its Attri is cut off"],
    ["\t\t'tot", "a line of it is not understood"],
    ["\tAttributeThisDN\t'1'\n\tAttributeThisDN\t'2'", "it has two values of ThisDN"],
  ])("are said to be not understood: %j", (text, why) => {
    expect(gaps(block(text))).toEqual([`EventUnregistered: ${why}`]);
  });

  it("are left away where a filter masks what is not needed", () => {
    const text = block(
      ...lines,
      "\tAttributeCustomerID\t<hidden>",
      "\tAttributeExtensions\t[9] 00..",
      "\t\t'a'\t'****'",
      "\t\t'b'\t1",
    );
    expect(read(text)).toEqual([{ ...lost, AttributeExtensions: { b: 1 } }]);
    expect(gaps(text)).toEqual([]);
  });

  it("have lists that begin on the line of their name", () => {
    const list = [
      "\tAttributeExtensions\t[149] 00 01 03 00..",
      "\t\t'first'\t1",
      "\t\t'calls'(list) \t'conn-1'\t'0077028a809f7004'",
      "\t\t\t'ps-1'\t3",
      "\t\t'none'(list) ",
      "\t\t'two'(list) 'deep'(list) 'deeper'\t1",
      "\t\t'hidden'(list) 'x'\t'****'",
      "\t\t'last'\t2",
    ];
    expect(read(block(...list))).toMatchObject([
      {
        AttributeExtensions: {
          first: 1,
          calls: { "conn-1": "0077028a809f7004", "ps-1": 3 },
          none: {},
          two: { deep: { deeper: 1 } },
          hidden: {},
          last: 2,
        },
      },
    ]);
    const one = read(block("\tAttributeExtensions\t[17] 00 01.. 'ps-1'\t3 'name'\t'x'"));
    expect(one).toMatchObject([{ AttributeExtensions: { "ps-1": 3, name: "x" } }]);
  });
});

describe("the lines about a message", () => {
  const sent = (to: string) =>
    block(...lines).replace("Std 04120 Check point", `Trc 04542 EventUnregistered ${to}`);
  const clients = (text: string) =>
    itemsOf("t-server-log", text).map((item) => (item.kind === "event" ? item.clients : item.kind));

  it.each([
    ["sent to [66] (00000e85 bridge-a 192.0.2.1:3425)", "bridge-a"],
    ["sent to [66] (00000e85 my bridge [::1]:3425)", "my bridge"],
    ["sent to 67 (other-app)", "other-app"],
    ["sent to 30 (SCE 'default')", "default"],
    ["sent to [66] (face (b))", "face (b)"],
  ])("name its client: %s", (text, client) => {
    expect(clients(sent(text))).toEqual([[client]]);
  });

  it("are said to be not understood where they name none", () => {
    expect(clients(sent("sent to [66] (00000e85 bri"))).toEqual(["gap", []]);
  });

  it("are not lines of another message, whatever comes between", () => {
    const other =
      "@08:00:02.000 [0] 8.1 distribute_event: message EventRinging\n\tAttributeThisDN\t'7001'\n";
    const text = `${block(...lines)}${other}08:00:02.000 Trc 04542 EventUnregistered sent to 67 (late)`;
    expect(clients(text)).toEqual([["late"]]);
  });

  it.each([
    "08:00:01.388 Trc 04542 EventUnregistered sent to 67 (other-app)",
    "08:00:01.388_T_I_ [14:32] EventUnregistered is received for ts TS900 (this dn=02a, refid=9)",
    "Trc 04541 Message EventUnregistered received from 'SIPTS750@7593'",
    "@08:00:01.0000 [0] 8.1 send_to_client: message EventUnregistered",
    "message EventUnre",
  ])("are a gap where the log has nothing else of it: %s", (text) => {
    expect(gaps(ended(text))).toHaveLength(1);
  });

  it("are none where it is of no concern", () => {
    expect(gaps(ended("08:00:01.388 Trc 04542 EventRinging sent to 67 (other-app)"))).toEqual([]);
    expect(gaps(ended("a word about message"))).toEqual([]);
  });
});

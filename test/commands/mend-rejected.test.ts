import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../bridge/answer.ts";
import { mendEvent, readMends } from "../../commands/rejected/mend-event.ts";
import { prepareRejected, resendRejected } from "../../commands/rejected/resend-rejected.ts";
import { type Attribute, attributes } from "../../lambda/domain/event/event-schema.ts";
import { spellOut } from "../../lambda/domain/event/spell-out.ts";
import { isJsonObject } from "../../lambda/domain/large-integer.ts";
import { testNow } from "../support/api-event.ts";
import { bridgeKey, rawRegistered } from "../support/build-event.ts";
import { createIngestHarness } from "../support/ingest-harness.ts";

const mend = (event: object, ...sets: readonly string[]): unknown =>
  JSON.parse(mendEvent(JSON.stringify(event), readMends(sets)) ?? "null");

describe("what a person sets in an event", () => {
  it.each<[object, string[], object]>([
    [{ Server: 65200, ThisDN: "1" }, ["Server=SIPTS750"], { ThisDN: "1", Server: "SIPTS750" }],
    [{ serverName: "B", Server: 1 }, ["Server=A"], { Server: "A" }],
    [{ serverName: "B", Server: 1 }, ["Server=65200"], { serverName: "B", Server: "65200" }],
    [{ ServerName: "B" }, ["ServerName=C", "Server=A"], { Server: "A", ServerName: "C" }],
    [{ ServerName: "B", Server: 1 }, ["Server="], { ServerName: "B" }],
    [{ AttributeServer: 1, Server: "B" }, ["Server=A"], { AttributeServer: "A" }],
    [{ thisDN: "1", AttributeThisDN: "2" }, ["ThisDN=7001"], { thisDN: "7001" }],
    [{ a: 1 }, ["InfoType=8", "Extensions={}"], { a: 1, InfoType: "8", Extensions: {} }],
    [{ AgentID: "x", agentID: "y", a: 1 }, ["AgentID="], { a: 1 }],
    [{ ErrorMessage: "x" }, ["ErrorMessage=a=b"], { ErrorMessage: "a=b" }],
    [{ AttributeTimeinSecs: 5, TimeinuSecs: 1 }, ["time=T"], { time: "T" }],
    [{ time: "T", TimeinuSecs: 1 }, ["TimeinSecs=5"], { TimeinuSecs: 1, TimeinSecs: "5" }],
    [{ time: "T", TimeinSecs: 5 }, ["time="], { TimeinSecs: 5 }],
    [{ a: 1 }, ['time={"sec":5}'], { a: 1, time: { sec: 5 } }],
    [
      { InfoStatus: { AddressType: 9, Other: 1 } },
      ["InfoStatus.AddressType=DN"],
      { InfoStatus: { Other: 1 }, "InfoStatus.AddressType": "DN" },
    ],
    [{ InfoStatus: { AddressType: 9 } }, ["InfoStatus=DN"], { "InfoStatus.AddressType": "DN" }],
    [{ addressInfoStatus: 9 }, ["InfoStatus=1"], { addressInfoStatus: "1" }],
  ])("%j with %j is %j", (event, sets, expected) => {
    expect(mend(event, ...sets)).toEqual(expected);
  });

  it("leaves everything else as it is, integers digit for digit", () => {
    const text = '{"Extensions":{"n":33497843125542913},"Server":1}';
    expect(mendEvent(text, readMends(["Server=S"]))).toBe(
      '{"Extensions":{"n":33497843125542913},"Server":"S"}',
    );
    expect(mendEvent("[1]", readMends(["Server=S"]))).toBeUndefined();
    expect(mendEvent("[1 ]", [])).toBe("[1 ]");
  });

  it.each([
    ["Server", "write ATTRIBUTE=VALUE"],
    ["Sever=S", '"Sever" is no attribute that the adapter reads; it reads Event, Server'],
    ["=S", '"" is no attribute'],
    ["Extensions={", "--set Extensions: what follows is not valid JSON"],
  ])("cannot be %s", (text, words) => {
    expect(() => readMends([text])).toThrow(words);
  });

  it("cannot be given twice, in two spellings either", () => {
    expect(() => readMends(["thisDN=1", "ThisDN=2"])).toThrow("--set ThisDN was given twice");
  });

  // The parts of a time are one attribute more.
  const composed = /^(?:time|Timein)/;
  const named = Object.entries(attributes).filter(([name]) => !composed.test(name));
  const spelled = named.flatMap(([name, { spellings }]) =>
    spellings.map((spelling) => ({ name, spelling })),
  );
  const isAttribute = (name: string): name is Attribute => Object.hasOwn(attributes, name);

  it("is what the adapter reads then, and contradicts nothing", () => {
    const event = fc.dictionary(
      fc.constantFrom(...spelled.map(({ spelling }) => spelling)),
      fc.oneof(fc.string(), fc.nat(), fc.constant({ AddressType: "DN", more: 1 })),
    );
    fc.assert(
      fc.property(event, fc.constantFrom(...spelled), (before, { name, spelling }) => {
        const after = mend(before, `${spelling}=value`);
        const { values, repeated } = spellOut(isJsonObject(after) ? after : {});
        const old = spellOut(before);
        expect(isAttribute(name) && values[name]).toBe("value");
        expect(repeated.filter(({ attribute }) => attribute === name)).toEqual([]);
        // Another attribute keeps its values, but for the name that would win over Server's.
        const others = ({ values: all }: typeof old) =>
          Object.entries(all).filter(
            ([one]) => one !== name && !(name === "Server" && one === "ServerName"),
          );
        expect(new Map(others({ ...old, values }))).toEqual(new Map(others(old)));
      }),
    );
  });
});

describe("a rejected event that is mended and sent again", () => {
  const key = bridgeKey();
  const start = async (body: unknown, contentType = "application/json", keys = [key]) => {
    const ingest = createIngestHarness({ keys });
    await ingest.post(body, { headers: { "content-type": contentType } });
    const again = async (...sets: readonly string[]) => {
      const [first] = ingest.rejected.splice(0, 1);
      const post = async (text: string, signed: Readonly<Record<string, string>>) => {
        const { status = 0, text: answer } = await ingest.post(text, { headers: signed });
        return { status, headers: new Headers(), text: answer } satisfies HttpAnswer;
      };
      const resend = { keys, serverName: undefined, mends: readMends(sets), post };
      return resendRejected(JSON.stringify(first), { ...resend, nowMs: () => testNow / 1000 });
    };
    return { ...ingest, again };
  };
  const without = (name: string, event = rawRegistered()) => {
    const { [name]: _, ...rest } = event;
    return rest;
  };
  const nameless = { ...without("ServerName"), Server: 65200 };

  it.each<[string, object, string[]]>([
    ["a missing server name", nameless, ["Server=SIPTS750"]],
    ["a missing attribute", without("InfoType"), ["InfoType=8"]],
    [
      "two spellings that disagree",
      { ...rawRegistered(), thisDN: "7009" },
      ["AttributeThisDN=7009"],
    ],
    [
      "two times that disagree",
      { ...rawRegistered(), TimeinSecs: 1_700_000_000 },
      ["time=2026-11-20T02:58:00Z"],
    ],
    ["a value of another type", { ...rawRegistered(), Extensions: 5 }, ["Extensions={}"]],
    ["an unknown event", { ...rawRegistered(), Event: "EventX" }, ["Event=EventRegistered"]],
  ])("is stored: %s", async (_, event, sets) => {
    const { again, store, rejected } = await start([event]);
    expect(rejected).toHaveLength(1);
    expect(await again()).toMatchObject({ outcome: "rejected", gone: true });
    // What is rejected again is kept again, by ingest itself.
    expect(rejected).toHaveLength(1);
    expect(await again(...sets)).toMatchObject({ outcome: "accepted", gone: true });
    expect(rejected).toEqual([]);
    expect([...store.statuses.values()]).toHaveLength(1);
  });

  it("stays as it was, too, where it is rejected with what a person changed", async () => {
    const { again } = await start([without("InfoType")]);
    expect(await again("InfoType=typo")).toMatchObject({
      outcome: "rejected",
      why: expect.stringContaining(
        "stays in the queue as it was, and is there as it was sent, too",
      ),
      gone: false,
    });
  });

  it("stays with its new problems where it is rejected again", async () => {
    const { again, rejected } = await start([{ ...nameless, InfoType: undefined }]);
    expect(await again("Server=SIPTS750")).toMatchObject({
      outcome: "rejected",
      why: expect.stringContaining("SIPTS750 7001 EventRegistered"),
    });
    expect(rejected).toMatchObject([
      { event: expect.stringContaining('"Server":"SIPTS750"'), problems: [{ code: "missing" }] },
    ]);
    expect(await again("InfoType=8")).toMatchObject({ outcome: "accepted" });
  });

  const cloudEvent = (changes: object) => ({
    specversion: "1.0",
    id: "1",
    type: "t",
    source: "/servers/SIPTS%20750",
    data: without("InfoType", nameless),
    ...changes,
  });
  const structured = "application/cloudevents+json";
  const base64 = Buffer.from(JSON.stringify(nameless)).toString("base64");

  it.each<[string, object, string[]]>([
    ["its data", cloudEvent({}), ["InfoType=8"]],
    ["an envelope that is wrong", cloudEvent({ type: "" }), ["InfoType=8"]],
    ["data in base64", cloudEvent({ data: undefined, data_base64: base64 }), ["InfoType=8"]],
  ])("may be a CloudEvent: %s", async (_, event, sets) => {
    const { again, rejected, store } = await start(event, structured);
    expect(rejected).toHaveLength(1);
    expect(await again(...sets)).toMatchObject({ outcome: "accepted" });
    const [status] = [...store.statuses.values()];
    expect(status?.server).toBe("SIPTS 750");
  });

  it("goes out under a key of its application that may name the new server", () => {
    const event = JSON.stringify(nameless);
    const message = {
      receivedAt: "",
      application: "bridge-a",
      keyId: "key_1",
      event,
      problems: [],
    };
    const keys = [
      { ...key, id: "key_1", name: "bridge-a", servers: ["A"] },
      { ...key, id: "key_2", name: "bridge-a", servers: ["B"] },
      { ...key, id: "key_3", name: "bridge-b", servers: ["*"] },
    ];
    const prepare = (server: string) =>
      prepareRejected(JSON.stringify(message), {
        keys,
        serverName: undefined,
        mends: readMends([`Server=${server}`]),
      });
    expect(prepare("B")).toMatchObject({ key: { id: "key_2" } });
    expect(prepare("C")).toMatchObject({ key: { id: "key_1" } });
  });

  it("is kept where nothing can be set in it", async () => {
    const { again } = await start(["an event"]);
    expect(await again("Server=S")).toMatchObject({
      outcome: "kept",
      why: expect.stringContaining("not a JSON object"),
    });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsOf, itemsOf, unreadableOf } from "../support/items.ts";

describe("reading NDJSON", () => {
  it("keeps each line's text, and passes over empty lines", () => {
    const text = '{"ThisDN": "1", "time": 1.0}\r\n\n{"ThisDN":"2"}\n';
    expect(eventsOf(itemsOf("ndjson", text))).toEqual([
      { text: '{"ThisDN": "1", "time": 1.0}', where: "f:1", form: "json" },
      { text: '{"ThisDN":"2"}', where: "f:3", form: "json" },
    ]);
  });

  it("names a line that is not JSON without repeating it, and goes on", () => {
    const items = itemsOf("ndjson", '{"a":1}\nsecret words\n{"b":2}');
    expect(eventsOf(items).map((event) => event.where)).toEqual(["f:1", "f:3"]);
    expect(unreadableOf(items)).toEqual([{ where: "f:2", why: "not JSON", text: "secret words" }]);
  });

  it("names a line that is not UTF-8", () => {
    const items = itemsOf("ndjson", Buffer.from('{"a":"M\u00fcller"}', "latin1"));
    expect(unreadableOf(items)).toMatchObject([{ where: "f:1", why: "not UTF-8" }]);
  });

  it("keeps little of a line that no event can have", () => {
    const items = itemsOf("ndjson", `"${"x".repeat(9_000_000)}"\n{"a":1}`);
    expect(unreadableOf(items)[0]?.text.length).toBe(1024);
    expect(eventsOf(items)).toHaveLength(1);
  });

  it("opens arrays and envelopes, with the server name and what the numbers were written as", () => {
    const text = '[{"n":1e400},{"b":2}]\n{"serverName":"S","events":[{"a":[33497843125542913]}]}';
    expect(eventsOf(itemsOf("ndjson", text))).toEqual([
      { text: '{"n":1e400}', where: "f:1[0]", form: "json" },
      { text: '{"b":2}', where: "f:1[1]", form: "json" },
      { text: '{"a":[33497843125542913]}', where: "f:2[0]", form: "json", serverName: "S" },
    ]);
  });

  it("keeps what an envelope says: its session with each event, the count and the end with the last", () => {
    const session = { id: "s1", startedAt: "2026-11-18T08:19:58.104Z" };
    const said = { serverName: "S", session, registered: 7, closing: true };
    const text = JSON.stringify({ ...said, events: [{ a: 1 }, { b: 2 }] });
    const common = { form: "json", serverName: "S", session: JSON.stringify(session) };
    expect(eventsOf(itemsOf("ndjson", text))).toEqual([
      { text: '{"a":1}', where: "f:1[0]", ...common },
      { text: '{"b":2}', where: "f:1[1]", ...common, registered: "7", closing: "true" },
    ]);
  });

  it.each([
    ["no events", '{"serverName":"S","session":{"id":"1"},"events":[]}', { session: '{"id":"1"}' }],
    ["no list of events", '{"serverName":"S","registered":"7"}', { registered: '"7"' }],
    ["closing", '{"serverName":"S","session":null,"closing":true}', { closing: "true" }],
    ["not closing", '{"serverName":"S","registered":"","closing":false}', {}],
  ])("takes an envelope with %s for a heartbeat", (_, text, said) => {
    const heartbeat = { text: "", where: "f:1", form: "heartbeat", serverName: "S", ...said };
    expect(eventsOf(itemsOf("ndjson", text))).toEqual([heartbeat]);
  });

  it("sends what an envelope of CloudEvents says behind them, since they travel without it", () => {
    const events = [{ specversion: "1.0", data: {} }];
    const said = { serverName: "S", registered: 7, events };
    expect(eventsOf(itemsOf("ndjson", JSON.stringify(said)))).toEqual([
      { text: JSON.stringify(events[0]), where: "f:1[0]", form: "cloudevents" },
      { text: "", where: "f:1", form: "heartbeat", serverName: "S", registered: "7" },
    ]);
    expect(eventsOf(itemsOf("ndjson", JSON.stringify({ events })))).toHaveLength(1);
  });

  it("takes for an event what names one, and what has no list of events", () => {
    const text = '{"Event":53,"events":[]}\n{"events":7}\n{}';
    expect(eventsOf(itemsOf("ndjson", text)).map(({ form, text: one }) => [form, one])).toEqual([
      ["json", '{"Event":53,"events":[]}'],
      ["json", '{"events":7}'],
      ["json", "{}"],
    ]);
  });

  it("knows CloudEvents", () => {
    const [event] = eventsOf(itemsOf("ndjson", '{"specversion":"1.0","data":{}}'));
    expect(event?.form).toBe("cloudevents");
  });
});

describe("reading JSON over several lines", () => {
  it("takes one event, and an array", () => {
    expect(eventsOf(itemsOf("json", '{\n"a":1}')).map(({ where }) => where)).toEqual(["f"]);
    const array = eventsOf(itemsOf("json", ' [ {"a":1},\n{"b":"]}\\""} ] '));
    expect(array.map(({ where, text }) => [where, text])).toEqual([
      ["f[0]", '{"a":1}'],
      ["f[1]", '{"b":"]}\\""}'],
    ]);
  });

  it("says that it is no JSON, or that it is cut off", () => {
    expect(unreadableOf(itemsOf("json", "{\n oops\n}"))).toHaveLength(1);
    const items = itemsOf("json", '[{"a":1},\n{"b":');
    expect(eventsOf(items)).toHaveLength(1);
    expect(unreadableOf(items).map(({ why }) => why)).toEqual([
      expect.stringContaining("not JSON"),
      "the array has no end",
    ]);
  });

  it("finds the same events however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 2),
        (events, pieceBytes, indent) => {
          const plain = events.filter((event) => !("events" in event || "specversion" in event));
          const items = itemsOf("json", JSON.stringify(plain, undefined, indent), pieceBytes);
          expect(eventsOf(items).map(({ text }): unknown => JSON.parse(text))).toEqual(
            JSON.parse(JSON.stringify(plain)),
          );
        },
      ),
    );
  });
});

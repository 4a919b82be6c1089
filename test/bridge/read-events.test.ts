import { describe, expect, it } from "vitest";
import { readEvents } from "../../bridge/read-events.ts";

const where = (text: string) => readEvents("f", text).events.map((event) => event.where);

describe("readEvents", () => {
  it("takes NDJSON, keeping each line's text, and passes over empty lines", () => {
    const text = '{"ThisDN": "1", "time": 1.0}\r\n\n{"ThisDN":"2"}\n';
    expect(readEvents("f", text)).toEqual({
      events: [
        { text: '{"ThisDN": "1", "time": 1.0}', where: "f:1" },
        { text: '{"ThisDN":"2"}', where: "f:3" },
      ],
      unreadable: [],
    });
  });

  it("names a line that is not JSON, and goes on", () => {
    const { events, unreadable } = readEvents("f", '{"a":1}\nsecret words\n{"b":2}');
    expect(events.map((event) => event.where)).toEqual(["f:1", "f:3"]);
    expect(unreadable).toEqual([{ where: "f:2", why: "not JSON" }]);
  });

  it.each([
    ["one event on one line", '{"a":1}', ["f:1"]],
    ["one event over several lines", '{\n"a":1}', ["f"]],
    ["an array", '[{"a":1},\n{"b":2}]', ["f[0]", "f[1]"]],
    ["an array on a line of NDJSON", '{"a":1}\n[{"b":2}]', ["f:1", "f:2[0]"]],
    ["a byte order mark", '\uFEFF{"a":1}\n{"b":2}', ["f:1", "f:2"]],
    ["nothing", " \n", []],
  ])("takes %s", (_, text, expected) => {
    expect(where(text)).toEqual(expected);
  });

  it("keeps an envelope's server name with its events", () => {
    const { events } = readEvents("f", '{"serverName":"S","events":[{"a":1}]}');
    expect(events).toEqual([{ text: '{"a":1}', where: "f:1[0]", serverName: "S" }]);
  });

  it("says once that a file is no JSON at all", () => {
    const { events, unreadable } = readEvents("f", "{\n  oops\n}");
    expect(events).toEqual([]);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]?.where).toBe("f");
  });
});

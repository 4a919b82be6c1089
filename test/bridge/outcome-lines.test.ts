import { describe, expect, it } from "vitest";
import { describeEvent } from "../../bridge/describe-event.ts";
import { outcomeLines } from "../../bridge/outcome-lines.ts";

describe("describeEvent", () => {
  it.each([
    [
      '{"Event":"EventRegistered","ServerName":"S","Server":65200,"ThisDN":"007","time":{"sec":1794981492,"usec":42}}',
      "S 007 EventRegistered 2026-11-18T05:58:12.000042Z",
    ],
    [
      '{"Event":54,"Server":"S","ThisDN":"1","time":"2026-11-18T06:00:00Z"}',
      "S 1 EventUnregistered 2026-11-18T06:00:00Z",
    ],
    [
      '{"AttributeEventName":"X","AttributeThisDN":"2","AttributeTimeinSecs":"1794981492"}',
      "E 2 X 2026-11-18T05:58:12.000000Z",
    ],
    ['{"Event":53,"Server":1,"time":{"sec":1e99}}', "E ? EventRegistered ?"],
    [
      '{"specversion":"1.0","source":"C","data":{"Event":53,"ThisDN":"3","time":"2026-11-18T06:00:00Z"}}',
      "C 3 EventRegistered 2026-11-18T06:00:00Z",
    ],
    [
      '{"specversion":"1.0","source":"/servers/C%20D","data_base64":"eyJFdmVudCI6NTMsIlRoaXNETiI6IjMifQ=="}',
      "C D 3 EventRegistered ?",
    ],
    ['{"specversion":"1.0","source":"urn:c","data":{"Event":53}}', "E ? EventRegistered ?"],
    ['{"specversion":"1.0","source":"C","data_base64":"?"}', "C ? ? ?"],
    ['{"Event":94,"ServerName":"S"}', "S ? EventLinkDisconnected ?"],
    ["not json", "E ? ? ?"],
  ])("%s", (text, expected) => {
    expect(describeEvent(text, "E")).toBe(expected);
  });
});

describe("outcomeLines", () => {
  const event = {
    text: '{"Event":53,"ThisDN":"1","Server":"S"}',
    where: "f:7",
    form: "json" as const,
  };

  const brief = { verbose: false };

  it("says an outcome, and the event's id only to those who want it", () => {
    const result = { index: 0, id: "abc", outcome: "applied", problems: [], warnings: [] };
    expect(outcomeLines(event, result, brief)).toEqual(["applied   S 1 EventRegistered ?"]);
    expect(outcomeLines(event, result, { verbose: true })).toEqual([
      "applied   S 1 EventRegistered ? abc",
    ]);
  });

  it("says where in the file, and where in the event, the problem is", () => {
    const problems = [{ pointer: "/events/3/InfoType", code: "missing", detail: "is mandatory" }];
    const result = { index: 3, id: null, outcome: "rejected", problems, warnings: [] };
    expect(outcomeLines(event, result, brief)).toEqual([
      "rejected  S 1 EventRegistered ? (f:7)",
      "          /InfoType  missing  is mandatory",
    ]);
  });

  it("lets nothing from outside steer the terminal", () => {
    const evil = {
      text: JSON.stringify({ ThisDN: "\u001b[2J\n1" }),
      where: "f",
      form: "json" as const,
    };
    const result = { index: 0, id: "x", outcome: "applied", problems: [], warnings: [] };
    expect(outcomeLines(evil, result, brief)).toEqual(["applied   ? ?[2J?1 ? ?"]);
  });
});

import { describe, expect, it } from "vitest";
import { readMends } from "../../commands/rejected/mend-event.ts";
import { refuseSharedValues } from "../../commands/rejected/own-attributes.ts";
import { groupByProblem, groupLines } from "../../commands/rejected/problem-groups.ts";

const message = (id: string, place: string, changes: object = {}) => ({
  id,
  receipt: "",
  attributes: {},
  sentAt: 0,
  body: JSON.stringify({
    receivedAt: "2026-11-18T06:00:00Z",
    application: "bridge-a",
    keyId: "key_1",
    event: "{}",
    problems: [{ pointer: place, code: "missing", detail: "it is" }],
    ...changes,
  }),
});
const commandFor = (place: string, changes?: object): string | undefined => {
  const ids = ["11111111-a", "22222222-b"];
  const [group] = groupByProblem(ids.map((id) => message(id, place, changes)));
  return group && groupLines(group, " --stage s").command;
};

describe("what differs from event to event", () => {
  it.each([
    "ThisDN",
    "thisDN",
    "time",
    "TimeinSecs",
    "AttributeTimeinuSecs",
    "ReferenceID",
    "AgentID",
  ])("is proposed for one event by its id: %s", (name) => {
    expect(commandFor(`/${name}`)).toBe(
      `npm run rejected -- retry 22222222 --set ${name}=VALUE --stage s`,
    );
  });

  it.each(["ThisDN=7001", "AttributeThisDN=7001", "time=T", "ReferenceID=", "ErrorCode=59"])(
    "is not set in several: %s",
    (text) => {
      const mends = readMends(["InfoType=8", text]);
      expect(() => refuseSharedValues(mends, 2)).toThrow(
        /differs from event to event.*give one id/,
      );
      expect(() => refuseSharedValues(mends, 1)).not.toThrow();
    },
  );

  it("leaves the rest to the group", () => {
    expect(commandFor("/InfoType")).toContain("--problem missing/InfoType --set InfoType=VALUE");
    expect(() => refuseSharedValues(readMends(["InfoType=8", "Server=S"]), 2)).not.toThrow();
  });
});

describe("the command for a group", () => {
  it("says a name that begins with a dash so that it is no option", () => {
    expect(commandFor("/InfoType", { application: "-x y" })).toContain(
      " retry --bridge='-x y' --problem missing/InfoType ",
    );
  });
});

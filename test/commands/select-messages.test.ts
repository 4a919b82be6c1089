import { describe, expect, it } from "vitest";
import { readSelection, selectMessages } from "../../commands/rejected/select-messages.ts";

describe("the selection of messages", () => {
  const body = (application: string, ...places: string[]) =>
    JSON.stringify({
      receivedAt: "",
      application,
      keyId: "k",
      pointer: "/events/3",
      event: "{}",
      problems: places.map((place) => {
        const [code = "", step = ""] = place.split("/");
        return { pointer: `/events/3/${step}`, code, detail: "" };
      }),
    });
  const message = (id: string, text: string) => ({
    id,
    receipt: "",
    body: text,
    attributes: {},
    sentAt: 0,
  });
  const messages = [
    message("abcd-1", body("a", "missing/InfoType")),
    message("abce-2", body("b", "missing/InfoType", "invalid-value/Extensions")),
    message("abcf-3", "oops"),
  ];
  const group = (bridge?: string, problem?: string) =>
    ({ kind: "group", group: { bridge, problem } }) as const;

  it.each([
    [{ ids: [] }, "drop: give the ids"],
    [{ ids: ["abcd"], all: true }, "not both"],
    [{ ids: ["abc"] }, "too short"],
    [{ ids: [], all: true, bridge: "a" }, "choose by themselves"],
    [{ ids: ["abcd"], problem: "a" }, "choose by themselves"],
  ])("%j: %s", (given, problem) => {
    expect(() => readSelection("drop", given)).toThrow(problem);
  });

  it("is all, some ids, or a group", () => {
    expect(readSelection("drop", { ids: [], all: true })).toEqual({ kind: "all" });
    expect(readSelection("drop", { ids: ["abcd"] })).toEqual({ kind: "ids", ids: ["abcd"] });
    expect(readSelection("drop", { ids: [], bridge: "a" })).toEqual(group("a"));
  });

  it("finds messages by the beginning of their ids", () => {
    expect(selectMessages(messages, { kind: "ids", ids: ["abcd"] })).toEqual([messages[0]]);
    expect(selectMessages(messages, { kind: "all" })).toEqual(messages);
  });

  it.each<[string | undefined, string | undefined, string[]]>([
    ["a", undefined, ["abcd-1"]],
    [undefined, "missing", ["abcd-1", "abce-2"]],
    ["b", "missing/InfoType", ["abce-2"]],
    [undefined, "invalid-value/Extensions", ["abce-2"]],
  ])("finds those of the bridge %s with the problem %s", (bridge, problem, ids) => {
    expect(selectMessages(messages, group(bridge, problem)).map(({ id }) => id)).toEqual(ids);
  });

  it("does nothing at all where one id, or a group, is unknown", () => {
    const ids = ["abcd", "zzzz"];
    expect(() => selectMessages(messages, { kind: "ids", ids })).toThrow("zzzz");
    expect(() => selectMessages(messages, group("a", "missing/ThisDN"))).toThrow(
      "there is no rejected event of a with the problem missing/ThisDN: nothing was done",
    );
  });
});

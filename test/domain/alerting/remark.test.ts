import { describe, expect, it } from "vitest";
import { isSameRemark, noteRemark } from "../../../lambda/domain/alerting/remark.ts";
import { buildAlert } from "../../support/build-alert.ts";

const said = { author: "crm", onBehalfOf: "Ada", note: "on it" };
const remark = { ...said, tokenId: "token_1" };
const entry = { at: 1, what: "retired DN 7001", ...remark };

describe("noteRemark", () => {
  it("adds a line that says who did what, with the token's id", () => {
    const alert = buildAlert({ timeline: [] });
    expect(noteRemark(alert, "retired DN 7001", remark, 7)).toEqual({
      alert: { ...alert, timeline: [{ ...entry, at: 7 }] },
    });
  });

  it("writes nothing where a line says the same, whenever that was", () => {
    const alert = buildAlert({ timeline: [entry] });
    expect(noteRemark(alert, "retired DN 7001", remark, 7)).toBeUndefined();
  });

  it.each([{ what: "opened" }, { author: "pager" }, { onBehalfOf: "Bob" }, { note: "mine now" }])(
    "adds a line beside one with %j",
    (changes) => {
      const alert = buildAlert({ timeline: [{ ...entry, ...changes }] });
      expect(noteRemark(alert, "retired DN 7001", remark, 7)?.alert.timeline).toHaveLength(2);
    },
  );
});

describe("isSameRemark", () => {
  it.each([
    [true, said],
    [false, { ...said, author: "pager" }],
    [false, { ...said, onBehalfOf: "Bob" }],
    [false, { author: "crm", note: "on it" }],
    [false, { ...said, note: "mine now" }],
    [false, { ...said, note: "" }],
    [false, undefined],
  ])("is %s where %j is stored", (expected, stored) => {
    expect(isSameRemark(stored, remark)).toBe(expected);
  });

  it("takes no note and an empty one for the same", () => {
    const { note: _, ...silent } = remark;
    expect(isSameRemark({ ...said, note: "" }, silent)).toBe(true);
    expect(isSameRemark(silent, silent)).toBe(true);
    expect(isSameRemark(said, silent)).toBe(false);
  });
});

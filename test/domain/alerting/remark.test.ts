import { describe, expect, it } from "vitest";
import { hasAcknowledged, noteRemark } from "../../../lambda/domain/alerting/remark.ts";
import { buildAlert } from "../../support/build-alert.ts";

const remark = { author: "Ada", note: "on it" };
const entry = { at: 1, what: "retired DN 7001", ...remark };

describe("noteRemark", () => {
  it("adds a line that says who did what", () => {
    const alert = buildAlert({ timeline: [] });
    expect(noteRemark(alert, "retired DN 7001", remark, 7)).toEqual({
      alert: { ...alert, timeline: [{ ...entry, at: 7 }] },
    });
  });

  it("writes nothing where a line says the same, whenever that was", () => {
    const alert = buildAlert({ timeline: [entry] });
    expect(noteRemark(alert, "retired DN 7001", remark, 7)).toBeUndefined();
  });

  it.each([{ what: "opened" }, { author: "Bob" }, { note: "mine now" }])(
    "adds a line beside one with %j",
    (changes) => {
      const alert = buildAlert({ timeline: [{ ...entry, ...changes }] });
      expect(noteRemark(alert, "retired DN 7001", remark, 7)?.alert.timeline).toHaveLength(2);
    },
  );
});

describe("hasAcknowledged", () => {
  it.each([
    [true, remark],
    [false, { ...remark, author: "Bob" }],
    [false, { ...remark, note: "mine now" }],
    [false, undefined],
  ])("is %s of an alert acknowledged by %j", (expected, acknowledgement) => {
    expect(hasAcknowledged(buildAlert({ acknowledgement }), remark)).toBe(expected);
  });
});

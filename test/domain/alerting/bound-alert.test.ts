import { describe, expect, it } from "vitest";
import { boundAlert, boundTimeline } from "../../../lambda/domain/alerting/bound-alert.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";

const long = "x".repeat(501);
const cut = `${"x".repeat(499)}…`;
const remark = { at: baseTime, author: long, onBehalfOf: long, note: long };
const bounded = { at: baseTime, author: cut, onBehalfOf: cut, note: cut };

describe("who said something in an alert", () => {
  it("is cut, each of the names and the note, in its acknowledgement and its timeline", () => {
    const alert = buildAlert({ acknowledgement: remark, timeline: [{ what: "w", ...remark }] });
    expect(boundAlert(alert)).toMatchObject({
      acknowledgement: bounded,
      timeline: [{ what: "w", ...bounded }],
    });
  });

  it("stays as it is where it is as long as it may be", () => {
    const entry = { at: baseTime, what: "w", author: "x".repeat(500), onBehalfOf: "y" };
    expect(boundTimeline([entry])).toEqual([entry]);
  });
});

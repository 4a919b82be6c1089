import { describe, expect, it } from "vitest";
import { presentLossOf, toWaiting } from "../../../lambda/use-cases/operate/decision-view.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const lost = {
  ...statusAfter(registered(), unregistered({ time: baseTime + 1 })),
  changedAt: testNow,
};
const rules = { holdDownSeconds: 30, holdDowns: [{ prefix: "70", seconds: 2.5 }] };

describe("a loss about which nothing is decided yet", () => {
  it("waits for the hold-down of its DN", () => {
    expect(toWaiting(lost, rules)).toMatchObject({
      lossId: lost.alertId,
      state: "waiting",
      learntAt: testNow,
      trail: [{ words: "its hold-down of 2.5 s lasts until 2026-11-20T03:00:02.623000Z" }],
    });
  });

  it("is none where nothing is missing", () => {
    expect(presentLossOf(statusAfter(registered()))).toBeUndefined();
    expect(toWaiting(statusAfter(registered()), rules)).toBeUndefined();
  });
});

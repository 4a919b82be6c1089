import { describe, expect, it } from "vitest";
import type { Loss } from "../../../lambda/domain/alerting/loss.ts";
import { presentLossOf } from "../../../lambda/domain/alerting/loss-facts.ts";
import { toDecisionView, toUndecided } from "../../../lambda/use-cases/operate/decision-view.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../../support/build-loss.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { statusAfter } from "../../support/status-after.ts";

const lost = {
  ...statusAfter(registered(), unregistered({ time: baseTime + 1 })),
  changedAt: testNow,
};
const rules = { ...defaultRules, holdDowns: [{ prefix: "70", seconds: 2.5 }] };
const context = { rules, now: testNow };

describe("a loss without a decision yet", () => {
  it("waits for the hold-down of its DN", () => {
    expect(toUndecided(lost, context)).toMatchObject({
      lossId: lost.alertId,
      state: "waiting",
      learntAt: testNow,
      trail: [{ words: "its hold-down of 2.5 s lasts until 2026-11-20T03:00:02.623000Z" }],
    });
  });

  it("is none where nothing is missing", () => {
    expect(presentLossOf(statusAfter(registered()))).toBeUndefined();
    expect(toUndecided(statusAfter(registered()), context)).toBeUndefined();
  });
});

describe("what was decided about a loss", () => {
  const decidedAt = "2026-11-20T02:58:31.123456Z";
  const end = { decidedAt, endedAt: decidedAt, endedBy: "registered" };
  const claimed = buildMissing("alert-1");

  it.each<[string, Loss, object]>([
    ["waits", buildWaiting(), { state: "waiting" }],
    ["is held", buildHeld("server"), { state: "held", decidedAt, heldBy: "server" }],
    ["is claimed for an alert that is not known to be written", claimed, { state: "waiting" }],
    [
      "is missing from an alert",
      { ...claimed, state: "alerted" },
      { state: "alerted", decidedAt, alertId: "alert-1" },
    ],
    ["was brief", buildLoss(), { state: "passed", ...end }],
    [
      "was held until it was over",
      buildHeldToTheEnd("window/1"),
      { state: "ended", heldBy: "window/1", ...end },
    ],
    [
      "was a member of an alert",
      buildFormerMember("alert-1"),
      { state: "alerted", alertId: "alert-1", ...end },
    ],
  ])("is shown in the contract's terms where it %s", (_, loss, expected) => {
    const { state, decidedAt, heldBy, alertId, endedAt, endedBy } = toDecisionView(loss);
    expect({ state, decidedAt, heldBy, alertId, endedAt, endedBy }).toEqual(expected);
  });
});

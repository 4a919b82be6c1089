import { describe, expect, it } from "vitest";
import {
  addToTrail,
  alertOf,
  isMissing,
  recordOf,
  trailOf,
  withoutClaim,
} from "../../../lambda/domain/alerting/loss.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildRecord,
  buildWaiting,
} from "../../support/build-loss.ts";

const reference = { subject: "a subject", number: 1, alertId: "alert-1" };
const claimed = buildMissing("alert-1");

describe("a loss", () => {
  it.each([
    { loss: buildWaiting(), missing: false, alert: undefined },
    { loss: buildHeld("server"), missing: false, alert: undefined },
    { loss: claimed, missing: true, alert: reference },
    { loss: { ...claimed, state: "alerted" as const }, missing: true, alert: reference },
    { loss: buildLoss(), missing: false, alert: undefined },
    { loss: buildHeldToTheEnd("server"), missing: false, alert: undefined },
    { loss: buildFormerMember("alert-1"), missing: false, alert: reference },
  ])("that is $loss.state $loss.as: missing $missing, of $alert", ({ loss, missing, alert }) => {
    expect(isMissing(loss)).toBe(missing);
    expect(alertOf(loss)).toEqual(alert);
    expect(recordOf(loss)).toEqual(buildRecord());
  });
});

describe("a claim whose alert is not written", () => {
  const steps = ["lost by bridge-a", "lost alone: alert alert-1"].map((words) => ({
    at: 1,
    words,
  }));
  const loss = { ...claimed, trail: steps };

  it("is a loss that waits, and names no alert", () => {
    const { state: _, alert: __, ...rest } = loss;
    expect(withoutClaim(loss)).toEqual({ ...rest, state: "waiting", trail: steps.slice(0, 1) });
  });

  it("has a trail that may name another alert later", () => {
    expect(trailOf(loss)).toEqual(steps.slice(0, 1));
    expect(trailOf({ ...loss, state: "alerted" })).toEqual(steps);
    expect(trailOf(undefined)).toEqual([]);
  });
});

describe("addToTrail", () => {
  it("keeps the first step and the newest", () => {
    const trail = Array.from({ length: 30 }).reduce<{ at: number; words: string }[]>(
      (steps, _, index) => addToTrail(steps, index, `step ${index}`),
      [],
    );
    expect(trail).toHaveLength(20);
    expect([trail[0]?.words, trail[1]?.words, trail[19]?.words]).toEqual([
      "step 0",
      "step 11",
      "step 29",
    ]);
  });
});

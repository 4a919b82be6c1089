import { describe, expect, it } from "vitest";
import { confirmClaim, isAccountedFor } from "../../../lambda/domain/alerting/loss-snapshot.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { buildHeld, buildLoss, buildMissing, buildWaiting } from "../../support/build-loss.ts";

const key = { thisDN: "7001", server: "SIPTS750", lossId: "alert-1" };
const claimed = buildMissing("alert-1");
const alerted = { ...claimed, state: "alerted" as const };
const written = buildAlert({ alertId: "alert-1" });

describe("confirmClaim", () => {
  it("takes a claim for a membership where the alert of that id is written", () => {
    expect(confirmClaim(claimed, written)).toEqual(alerted);
  });

  it.each([undefined, buildAlert({ alertId: "alert-2" })])(
    "leaves a claim alone whose alert is not written, or another one under its key",
    (alert) => {
      expect(confirmClaim(claimed, alert)).toBe(claimed);
    },
  );

  it("leaves alone what is no claim", () => {
    const held = buildHeld("server");
    expect(confirmClaim(held, written)).toBe(held);
  });
});

describe("isAccountedFor", () => {
  it.each([
    { loss: buildWaiting(), alert: undefined, expected: true },
    { loss: buildHeld("server"), alert: undefined, expected: true },
    { loss: alerted, alert: written, expected: true },
    { loss: alerted, alert: buildAlert({ status: "resolved" }), expected: false },
    { loss: claimed, alert: undefined, expected: false },
    { loss: buildLoss(), alert: undefined, expected: false },
    { loss: undefined, alert: undefined, expected: false },
  ])("is $expected of a loss that is $loss.state", ({ loss, alert, expected }) => {
    expect(isAccountedFor({ key, status: undefined, loss, alert })).toBe(expected);
  });
});

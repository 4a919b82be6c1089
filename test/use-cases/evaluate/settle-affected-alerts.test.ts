import { describe, expect, it, vi } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { AlertKey, LossIn, LossRecord } from "../../../lambda/domain/alerting/loss.ts";
import type { LossDecision } from "../../../lambda/domain/alerting/loss-decision.ts";
import { createSettleAffectedAlerts } from "../../../lambda/use-cases/evaluate/settle-affected-alerts.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";
import { buildFormerMember, buildLoss, buildMissing } from "../../support/build-loss.ts";

const incident = buildIncident([buildMember()], { severity: "warning" });
const { alertId } = incident;

type Written = LossIn<"alerted"> | LossIn<"over">;
const decisionOf = (loss: Written): LossDecision =>
  loss.state === "over" ? { kind: "ended", loss } : { kind: "changed", loss };

/** What is done about alerts when one loss of each was written. */
const settleAffected = async (...pairs: [Alert, Written][]) => {
  const settle = vi.fn(async (_: AlertKey) => undefined);
  const worsen = vi.fn(async (_: Alert, __: readonly LossRecord[]) => undefined);
  const written = pairs.map(([alert, loss]) => ({
    snapshot: { key: loss, status: undefined, loss, alert },
    decision: decisionOf(loss),
    loss,
  }));
  await createSettleAffectedAlerts({ settle, worsen })(written);
  return {
    settled: settle.mock.calls.map(([alert]) => alert),
    worsened: worsen.mock.calls.map(([alert, losses]) => [alert, losses]),
  };
};

describe("alerts whose members have changed", () => {
  const worse = { ...buildMissing(alertId), state: "alerted" } as const;
  const mild = { ...worse, thisDN: "7002", severity: "warning" } as const;
  const over = buildFormerMember(alertId, { thisDN: "7003" });

  it("are worse where a warning incident now has a DN that no application sees", async () => {
    expect(await settleAffected([incident, mild], [incident, worse])).toEqual({
      settled: [],
      worsened: [[incident, [worse]]],
    });
  });

  it("are checked where a DN is back", async () => {
    expect(await settleAffected([incident, over], [incident, mild])).toEqual({
      settled: [incident],
      worsened: [],
    });
  });

  it("are left unchanged where the loss is as severe as was published", async () => {
    const critical = { ...incident, severity: "critical" as const };
    const nothing = { settled: [], worsened: [] };
    expect(await settleAffected([incident, mild])).toEqual(nothing);
    expect(await settleAffected([critical, worse])).toEqual(nothing);
  });

  it("are checked, each once, where they are about one DN", async () => {
    const [one, other] = [buildAlert(), buildAlert({ number: 2 })];
    const { settled, worsened } = await settleAffected([one, worse], [other, worse], [one, mild]);
    expect(settled).toEqual([one, other]);
    expect(worsened).toEqual([]);
  });

  it("do not include resolved alerts, or a loss that was part of none", async () => {
    const resolved = buildAlert({ status: "resolved" });
    const brief = buildLoss({ thisDN: "7003" });
    expect(await settleAffected([resolved, worse], [buildAlert(), brief])).toEqual({
      settled: [],
      worsened: [],
    });
  });
});

import { describe, expect, it, vi } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { AlertKey, Loss } from "../../../lambda/domain/alerting/loss.ts";
import { createSettleAffectedAlerts } from "../../../lambda/use-cases/evaluate/settle-affected-alerts.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildMissing } from "../../support/build-loss.ts";

const incident = buildIncident([buildMember()], { severity: "warning" });
const { alertId } = incident;

const tell = async (...told: [Alert, Loss][]) => {
  const settle = vi.fn(async (_: AlertKey) => undefined);
  const worsen = vi.fn(async (_: Alert, __: readonly Loss[]) => undefined);
  const written = told.map(([alert, loss]) => ({
    look: { key: loss, status: undefined, loss, alert },
    decision: { kind: "changed" as const, loss },
    loss,
  }));
  await createSettleAffectedAlerts({ settle, worsen })(written);
  return {
    settled: settle.mock.calls.map(([alert]) => alert),
    worsened: worsen.mock.calls.map(([alert, losses]) => [alert, losses]),
  };
};

describe("alerts whose members were written otherwise", () => {
  const worse = buildMissing(alertId);
  const mild = buildMissing(alertId, { thisDN: "7002", severity: "warning" });
  const over = buildMissing(alertId, { thisDN: "7003", endedAt: baseTime });

  it("are worse where an incident that warned has a DN now that nobody sees", async () => {
    expect(await tell([incident, mild], [incident, worse])).toEqual({
      settled: [],
      worsened: [[incident, [worse]]],
    });
  });

  it("are looked at where a DN is back", async () => {
    expect(await tell([incident, over], [incident, mild])).toEqual({
      settled: [incident],
      worsened: [],
    });
  });

  it("are left alone where it is as bad as was told", async () => {
    const critical = { ...incident, severity: "critical" as const };
    const nothing = { settled: [], worsened: [] };
    expect(await tell([incident, mild])).toEqual(nothing);
    expect(await tell([critical, worse])).toEqual(nothing);
  });

  it("are looked at, each once, where they are about one DN", async () => {
    const [one, other] = [buildAlert(), buildAlert({ number: 2 })];
    const { settled, worsened } = await tell([one, worse], [other, worse], [one, mild]);
    expect(settled).toEqual([one, other]);
    expect(worsened).toEqual([]);
  });

  it("do not concern what is resolved, or a loss that was part of none", async () => {
    const resolved = buildAlert({ status: "resolved" });
    const passed = { ...over, state: "passed" as const };
    expect(await tell([resolved, worse], [buildAlert(), passed])).toEqual({
      settled: [],
      worsened: [],
    });
  });
});

import { describe, expect, it } from "vitest";
import type { LossDecision } from "../../../lambda/domain/alerting/loss-decision.ts";
import type { Metric } from "../../../lambda/ports/telemetry.ts";
import { createWriteDecisions } from "../../../lambda/use-cases/evaluate/write-decisions.ts";
import { unregistered } from "../../support/build-event.ts";
import { buildHeld, buildLoss, buildMissing } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";

const brief = buildLoss();
const held = buildHeld("server", { thisDN: "7002" });
const alerted = { ...buildMissing("alert-1", { thisDN: "7003" }), state: "alerted" } as const;
const candidate = {
  record: alerted,
  status: statusAfter(unregistered()),
  countedAt: 0,
  claimed: undefined,
  hasFormerAlert: false,
};

/** Writes these decisions; other writers wrote the losses of `taken` meanwhile. */
const write = async (decisions: readonly LossDecision[], taken: readonly string[] = []) => {
  const metrics: Metric[] = [];
  const writes: string[] = [];
  const writeDecisions = createWriteDecisions({
    writeLoss: async ({ thisDN }) => {
      writes.push(thisDN);
      return taken.includes(thisDN) ? "conflict" : "written";
    },
    emitMetrics: (some) => metrics.push(...some),
  });
  const decided = decisions.map((decision) => {
    const { thisDN, server, lossId } = "loss" in decision && decision.loss ? decision.loss : brief;
    const key = { thisDN, server, lossId };
    return { snapshot: { key, status: undefined, loss: undefined, alert: undefined }, decision };
  });
  const { written, again } = await writeDecisions(decided);
  return {
    writes,
    metrics,
    written: written.map(({ loss }) => loss.thisDN),
    again: again.map(({ thisDN }) => thisDN),
  };
};

describe("writing decisions", () => {
  it("counts losses that were held back or brief, and nothing else", async () => {
    const ended = { kind: "ended", loss: brief } as const;
    const changed = { kind: "changed", loss: alerted } as const;
    const { metrics, written } = await write([ended, { kind: "held", loss: held }, ended, changed]);
    expect(written).toEqual(["7001", "7002", "7001", "7003"]);
    expect(metrics).toEqual([
      { name: "LossesPassed", value: 2, unit: "Count" },
      { name: "LossesHeld", value: 1, unit: "Count" },
    ]);
  });

  it("writes nothing where there is nothing to do, or an alert comes first", async () => {
    const decisions: LossDecision[] = [
      { kind: "nothing" },
      { kind: "alert", candidate },
      { kind: "wait", seconds: 3, loss: undefined },
    ];
    expect(await write(decisions)).toEqual({ writes: [], metrics: [], written: [], again: [] });
  });

  it("returns the losses that other writers wrote meanwhile, and does not count them", async () => {
    const decisions: LossDecision[] = [
      { kind: "held", loss: held },
      { kind: "ended", loss: brief },
    ];
    expect(await write(decisions, ["7002"])).toMatchObject({
      written: ["7001"],
      again: ["7002"],
      metrics: [{ name: "LossesPassed", value: 1 }],
    });
  });
});

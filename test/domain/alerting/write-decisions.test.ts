import { describe, expect, it } from "vitest";
import type { Decision } from "../../../lambda/domain/alerting/decision.ts";
import { createWriteDecisions } from "../../../lambda/domain/alerting/write-decisions.ts";
import type { Figure } from "../../../lambda/domain/ports.ts";
import { unregistered } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";

const passed = buildLoss();
const held = buildLoss({ thisDN: "7002", state: "held" });
const alerted = buildLoss({ thisDN: "7003", state: "alerted" });
const candidate = {
  loss: alerted,
  status: statusAfter(unregistered()),
  fellAt: 0,
  claimed: undefined,
  isRetold: false,
};

/** Writes these decisions; the losses of `taken` were written by others meanwhile. */
const write = async (decisions: readonly Decision[], taken: readonly string[] = []) => {
  const figures: Figure[] = [];
  const writes: string[] = [];
  const writeDecisions = createWriteDecisions({
    writeLoss: async ({ thisDN }) => {
      writes.push(thisDN);
      return taken.includes(thisDN) ? "conflict" : "written";
    },
    emitFigures: (some) => figures.push(...some),
  });
  const decided = decisions.map((decision) => {
    const { thisDN, server, lossId } = "loss" in decision && decision.loss ? decision.loss : passed;
    const key = { thisDN, server, lossId };
    return { look: { key, status: undefined, loss: undefined, alert: undefined }, decision };
  });
  const { written, again } = await writeDecisions(decided);
  return {
    writes,
    figures,
    written: written.map(({ loss }) => loss.thisDN),
    again: again.map(({ thisDN }) => thisDN),
  };
};

describe("writing decisions down", () => {
  it("counts what was held back and what passed, and nothing else", async () => {
    const ended = { kind: "ended", loss: passed } as const;
    const changed = { kind: "changed", loss: alerted } as const;
    const { figures, written } = await write([ended, { kind: "held", loss: held }, ended, changed]);
    expect(written).toEqual(["7001", "7002", "7001", "7003"]);
    expect(figures).toEqual([
      { name: "LossesPassed", value: 2, unit: "Count" },
      { name: "LossesHeld", value: 1, unit: "Count" },
    ]);
  });

  it("writes nothing where nothing is to be done, or somebody is to be alerted first", async () => {
    const decisions: Decision[] = [
      { kind: "nothing" },
      { kind: "alert", candidate },
      { kind: "wait", seconds: 3, loss: undefined },
    ];
    expect(await write(decisions)).toEqual({ writes: [], figures: [], written: [], again: [] });
  });

  it("gives back what others wrote meanwhile, and does not count it", async () => {
    const decisions: Decision[] = [
      { kind: "held", loss: held },
      { kind: "ended", loss: passed },
    ];
    expect(await write(decisions, ["7002"])).toMatchObject({
      written: ["7001"],
      again: ["7002"],
      figures: [{ name: "LossesPassed", value: 1 }],
    });
  });
});

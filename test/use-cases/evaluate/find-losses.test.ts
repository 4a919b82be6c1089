import { describe, expect, it, vi } from "vitest";
import type { Candidate } from "../../../lambda/domain/alerting/loss-decision.ts";
import { createDetectStorm } from "../../../lambda/use-cases/evaluate/detect-storm.ts";
import { createFindUndecided } from "../../../lambda/use-cases/evaluate/find-undecided.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const at = (seconds: number) => baseTime + seconds * 1_000_000;
const losses = (...thisDNs: string[]) => thisDNs.map((thisDN) => unregistered({ thisDN }));

describe("what falls with losses in hand", () => {
  const inHand = (thisDN: string, seconds: number): Candidate => ({
    loss: buildLoss({ thisDN }),
    status: statusAfter(unregistered({ thisDN })),
    countedAt: at(seconds),
    claimed: undefined,
    isRetold: false,
  });
  const find = async (seconds: number, thisDNs: string[], candidates: Candidate[]) => {
    const harness = createHarness();
    harness.pass(seconds);
    await harness.record(...losses(...thisDNs));
    return createDetectStorm(harness.ports)(server, candidates, []);
  };
  const others = ["7002", "7003", "7004", "7005", "7006"];

  it.each([0, 100])("is found around each of them: %i s", async (seconds) => {
    const fall = await find(seconds, others, [inHand("7001", 0), inHand("7009", 100)]);
    expect(fall.count).toBe(6);
    expect([0, 100].map((one) => fall.isPart(at(one)))).toEqual([seconds === 0, seconds === 100]);
  });

  it("counts them as of when they fell, whatever the lists say", async () => {
    const fall = await find(0, ["7001", ...others], [inHand("7001", 30)]);
    expect(fall.count).toBe(6);
    expect(fall.isPart(at(30))).toBe(true);
  });
});

describe("losses without a decision", () => {
  it("are looked for ten times while they are recent, and later in a thorough look", async () => {
    const harness = createHarness();
    await harness.record(...losses("7001"));
    harness.pass(30 + 10 * 60);
    const evaluateLosses = vi.fn(async () => undefined);
    const { findUndecided } = harness.evaluatorOf();
    const find = createFindUndecided({ ...harness.ports, evaluateLosses });
    await find(false);
    expect(evaluateLosses).toHaveBeenCalledTimes(1);
    harness.pass(1);
    await findUndecided(false);
    expect(harness.told()).toEqual([]);
    await findUndecided(true);
    expect(harness.told()).toHaveLength(1);
    await find(true);
    expect(evaluateLosses).toHaveBeenCalledTimes(1);
  });

  it("are not what is not overdue, or what nobody has lost", async () => {
    const harness = createHarness({ holdDowns: [{ prefix: "71", seconds: 100 }] });
    const b = { application: "bridge-b", thisDN: "7200" };
    await harness.record(
      unregistered({ thisDN: "7100" }),
      registered({ thisDN: "7200" }),
      unregistered({ ...b, referenceID: 7 }),
    );
    harness.pass(159);
    const evaluateLosses = vi.fn(async () => undefined);
    const find = createFindUndecided({ ...harness.ports, evaluateLosses });
    await find(true);
    expect(evaluateLosses).not.toHaveBeenCalled();
    harness.pass(1);
    await find(true);
    expect(evaluateLosses).toHaveBeenCalledTimes(1);
  });

  it("that cannot be looked at now make it fail in the end", async () => {
    const harness = createHarness();
    await harness.record(...losses("7001"));
    harness.pass(100);
    const evaluateLosses = () => Promise.reject(new Error("busy"));
    const find = createFindUndecided({ ...harness.ports, evaluateLosses });
    await expect(find(true)).rejects.toThrow("undecided losses of a server could not be looked at");
  });

  it("are found on every server of a DN", async () => {
    const harness = createHarness();
    await harness.record(unregistered(), unregistered({ server: "AVAYATS1" }));
    harness.pass(100);
    await harness.evaluatorOf().findUndecided(false);
    expect(harness.told().map((alert) => alert.server)).toEqual(
      expect.arrayContaining([server, "AVAYATS1"]),
    );
  });
});

import { describe, expect, it, vi } from "vitest";
import { createFindUndecided } from "../../../lambda/use-cases/evaluate/find-undecided.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const losses = (...thisDNs: string[]) => thisDNs.map((thisDN) => unregistered({ thisDN }));

describe("losses without a decision", () => {
  it("are searched ten times while they are recent, and later in a thorough run", async () => {
    const harness = createHarness();
    await harness.record(...losses("7001"));
    harness.pass(30 + 10 * 60);
    const evaluateLosses = vi.fn(async () => undefined);
    const { findUndecided } = harness.evaluatorOf();
    const find = createFindUndecided(harness.ports, evaluateLosses);
    await find(false);
    expect(evaluateLosses).toHaveBeenCalledTimes(1);
    harness.pass(1);
    await findUndecided(false);
    expect(harness.published()).toEqual([]);
    await findUndecided(true);
    expect(harness.published()).toHaveLength(1);
    await find(true);
    expect(evaluateLosses).toHaveBeenCalledTimes(1);
  });

  it("do not include losses that are not overdue, or DNs that are not lost", async () => {
    const harness = createHarness({ holdDowns: [{ prefix: "71", seconds: 100 }] });
    const b = { application: "bridge-b", thisDN: "7200" };
    await harness.record(
      unregistered({ thisDN: "7100" }),
      registered({ thisDN: "7200" }),
      unregistered({ ...b, referenceID: 7 }),
    );
    harness.pass(159);
    const evaluateLosses = vi.fn(async () => undefined);
    const find = createFindUndecided(harness.ports, evaluateLosses);
    await find(true);
    expect(evaluateLosses).not.toHaveBeenCalled();
    harness.pass(1);
    await find(true);
    expect(evaluateLosses).toHaveBeenCalledTimes(1);
  });

  it("make it fail in the end when they cannot be evaluated now", async () => {
    const harness = createHarness();
    await harness.record(...losses("7001"));
    harness.pass(100);
    const evaluateLosses = () => Promise.reject(new Error("busy"));
    const find = createFindUndecided(harness.ports, evaluateLosses);
    await expect(find(true)).rejects.toThrow("undecided losses of a server could not be looked at");
  });

  it("are found on every server of a DN", async () => {
    const harness = createHarness();
    await harness.record(unregistered(), unregistered({ server: "AVAYATS1" }));
    harness.pass(100);
    await harness.evaluatorOf().findUndecided(false);
    expect(harness.published().map((alert) => alert.server)).toEqual(
      expect.arrayContaining([server, "AVAYATS1"]),
    );
  });
});

import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { fromLossItem, fromLossItemKey, toLossItem } from "../../lambda/adapters/loss-item.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import { baseTime } from "../support/build-event.ts";
import { buildLoss, buildMissing } from "../support/build-loss.ts";

const daySeconds = 86_400;
const expiresAt = (loss: Loss) => Number(toLossItem(loss, 400)["expiresAt"]?.N);

describe("the loss item", () => {
  it("stands in no index once it is decided without an alert", () => {
    const names = Object.keys(toLossItem(buildLoss(), 400));
    expect(names).not.toEqual(expect.arrayContaining(["alertId"]));
    expect(names).not.toEqual(expect.arrayContaining(["held"]));
  });

  it("stands among the members of its alert, missing or back", () => {
    expect(toLossItem(buildMissing("alert-1"), 400)).toMatchObject({
      ThisDN: { S: "7001" },
      lossKey: { S: "SIPTS750#alert-hB3J_mPbphBR2yssjfxIgS" },
      memberOf: { S: expect.stringMatching(/^alert-1#[0-7]$/) },
      memberKey: { S: "lost#7001" },
    });
    expect(toLossItem(buildMissing("alert-1", { endedAt: baseTime }), 400)).toMatchObject({
      memberKey: { S: "back#7001" },
    });
  });

  it("stands on a shard of what is held, by its server, only while it is held", () => {
    const item = toLossItem(buildLoss({ state: "held" }), 400);
    expect(item["held"]?.S).toMatch(/^held#[0-7]$/);
    expect(item["heldKey"]).toEqual({ S: "SIPTS750#7001#alert-hB3J_mPbphBR2yssjfxIgS" });
    expect(toLossItem(buildLoss({ state: "ended" }), 400)).not.toHaveProperty("heldKey");
  });

  it("expires the retention after it was over, or else decided", () => {
    const decidedAt = baseTime + 1_500_000;
    expect(expiresAt(buildLoss({ decidedAt }))).toBe(
      Math.ceil(decidedAt / 1_000_000) + 400 * daySeconds,
    );
    const endedAt = decidedAt + 60_000_000;
    expect(expiresAt(buildMissing("alert-1", { decidedAt, endedAt }))).toBe(
      Math.ceil(endedAt / 1_000_000) + 400 * daySeconds,
    );
  });

  it.each([
    ["held", buildLoss({ state: "held" })],
    ["missing from an alert", buildMissing("alert-1")],
  ])("does not expire while it is %s", (_, loss) => {
    expect(toLossItem(loss, 400)).not.toHaveProperty("expiresAt");
  });

  it.each<[string, Record<string, AttributeValue>]>([
    ["a key without a server", { lossKey: { S: "alert-1" } }],
    ["a state that is none", { state: { S: "lost" } }],
    ["a revision that is no number", { revision: { S: "1" } }],
  ])("is none of ours with %s", (_, changes) => {
    expect(() => fromLossItem({ ...toLossItem(buildLoss(), 400), ...changes })).toThrow();
  });

  it("is none of ours without a key", () => {
    expect(() => fromLossItemKey({ ThisDN: { S: "7001" } })).toThrow();
  });
});

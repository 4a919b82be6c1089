import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { fromLossItem, fromLossItemKey, toLossItem } from "../../lambda/adapters/loss-item.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import { baseTime } from "../support/build-event.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../support/build-loss.ts";

const daySeconds = 86_400;
const expiresAt = (loss: Loss) => Number(toLossItem(loss, 400)["expiresAt"]?.N);

describe("the loss item", () => {
  it("is in no index once it is decided without an alert", () => {
    const names = Object.keys(toLossItem(buildLoss(), 400));
    expect(names).not.toEqual(expect.arrayContaining(["alertId"]));
    expect(names).not.toEqual(expect.arrayContaining(["held"]));
  });

  it("is among the members of its alert, missing or back", () => {
    expect(toLossItem(buildMissing("alert-1"), 400)).toMatchObject({
      ThisDN: { S: "7001" },
      lossKey: { S: "SIPTS750#alert-hB3J_mPbphBR2yssjfxIgS" },
      memberOf: { S: expect.stringMatching(/^alert-1#[0-7]$/) },
      memberKey: { S: "lost#7001" },
    });
    expect(toLossItem(buildFormerMember("alert-1"), 400)).toMatchObject({
      memberKey: { S: "back#7001" },
    });
  });

  it.each([
    ["held", buildHeld("server")],
    ["waiting", buildWaiting()],
  ])("is on a shard of held losses, by its server, while it is %s", (_, loss) => {
    const item = toLossItem(loss, 400);
    expect(item["held"]?.S).toMatch(/^held#[0-7]$/);
    expect(item["heldKey"]).toEqual({ S: "SIPTS750#7001#alert-hB3J_mPbphBR2yssjfxIgS" });
  });

  it("is no longer there once it is over", () => {
    expect(toLossItem(buildHeldToTheEnd("server"), 400)).not.toHaveProperty("heldKey");
  });

  it("expires the retention after it was over", () => {
    const decidedAt = baseTime + 1_500_000;
    const endedAt = decidedAt + 60_000_000;
    for (const loss of [
      buildLoss({ decidedAt, endedAt }),
      buildHeldToTheEnd("server", { decidedAt, endedAt }),
      buildFormerMember("alert-1", { decidedAt, endedAt }),
    ]) {
      expect(expiresAt(loss)).toBe(Math.ceil(endedAt / 1_000_000) + 400 * daySeconds);
    }
  });

  it.each([
    ["held", buildHeld("server")],
    ["waiting", buildWaiting()],
    ["missing from an alert", buildMissing("alert-1")],
  ])("does not expire while it is %s", (_, loss) => {
    expect(toLossItem(loss, 400)).not.toHaveProperty("expiresAt");
  });

  it.each<[string, Record<string, AttributeValue>]>([
    ["a key without a server", { lossKey: { S: "alert-1" } }],
    ["an unknown state", { state: { S: "lost" } }],
    ["a revision that is not a number", { revision: { S: "1" } }],
    ["an alert without a number", { state: { S: "alerted" }, alert: { M: {} } }],
  ])("is not a loss with %s", (_, changes) => {
    expect(() => fromLossItem({ ...toLossItem(buildLoss(), 400), ...changes })).toThrow();
  });

  it("is read as claimed where it is stored as alerted: only the alert itself shows whether it is written", () => {
    const claimed = buildMissing("alert-1");
    const alerted = { ...claimed, state: "alerted" as const };
    expect(toLossItem(alerted, 400)).toEqual(toLossItem(claimed, 400));
    expect(fromLossItem(toLossItem(alerted, 400))).toEqual(claimed);
  });

  it("is not a loss without a key", () => {
    expect(() => fromLossItemKey({ ThisDN: { S: "7001" } })).toThrow();
  });
});

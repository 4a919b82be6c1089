import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { fromAlertItem, toAlertItem } from "../../lambda/adapters/alert-item.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { buildAlert, buildMember, buildResolvedAlert } from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";

/** A hundred DNs with the longest reasons that an event may have. */
const largest = (): Alert => {
  const member = buildMember({
    thisDN: "語".repeat(255),
    applications: Array.from({ length: 2 }, (_, index) => `${index}`.repeat(64)),
    reason: {
      category: "other",
      evidence: "語".repeat(250),
      errorMessage: "語".repeat(200),
    },
    registeredOn: ["語".repeat(128)],
  });
  return buildAlert({ dns: Array.from({ length: 100 }, () => member) });
};

describe("the alert item", () => {
  it("is found by its subject, by its id, in both lists and by when it is due", () => {
    expect(toAlertItem(buildAlert({ number: 12, dueAt: baseTime }), 400)).toMatchObject({
      subject: { S: '["dn","SIPTS750","7001"]' },
      numberKey: { S: "000012" },
      alertId: { S: "alert-hB3J_mPbphBR2yssjfxIgS" },
      status: { S: "open" },
      serverStatus: { S: "SIPTS750#open" },
      openedKey: { S: expect.stringMatching(/^2026-.{21}Z#alert-hB3J_mPbphBR2yssjfxIgS$/) },
      due: { S: "due" },
      dueKey: { S: expect.stringMatching(/^2026-.{21}Z$/) },
    });
  });

  it("is not in the list of due alerts once nothing is due", () => {
    const names = Object.keys(toAlertItem(buildResolvedAlert(), 400));
    expect(names.filter((name) => name.startsWith("due"))).toEqual([]);
  });

  it("carries the notice that the stream is filtered by only when it must be published", () => {
    const { notice: _, ...quiet } = buildAlert();
    expect(toAlertItem(buildAlert(), 400)["notice"]).toEqual({ S: "alert.opened" });
    expect(toAlertItem(quiet, 400)).not.toHaveProperty("notice");
  });

  it("expires the retention after it was resolved, and never before", () => {
    const { resolvedAt = 0, ...resolved } = buildResolvedAlert();
    expect(Number(toAlertItem({ ...resolved, resolvedAt }, 400)["expiresAt"]?.N)).toBe(
      Math.ceil(resolvedAt / 1_000_000) + 400 * 86_400,
    );
    expect(toAlertItem(buildAlert(), 400)).not.toHaveProperty("expiresAt");
  });

  it("stays within the size of an item, with a hundred of the longest DNs", () => {
    expect(JSON.stringify(largest()).length).toBeLessThan(400 * 1024);
    expect(Buffer.byteLength(JSON.stringify(largest()))).toBeLessThan(400 * 1024);
  });

  it.each<[string, Record<string, AttributeValue>]>([
    ["a number that is not one", { numberKey: { S: "first" } }],
    ["an unknown status", { status: { S: "closed" } }],
    ["an unknown notice", { notice: { S: "alert.closed" } }],
    ["malformed DNs", { dns: { L: [{ S: "7001" }] } }],
  ])("is not an alert with %s", (_, changes) => {
    expect(() => fromAlertItem({ ...toAlertItem(buildAlert(), 400), ...changes })).toThrow();
  });
});

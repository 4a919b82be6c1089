import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { statusKey } from "../support/in-memory-store.ts";
import { stored } from "../support/largest-values.ts";
import { createOperateHarness } from "../support/operate-harness.ts";
import { createQueryHarness } from "../support/query-harness.ts";
import { askWithinLimits, walkPages } from "../support/walk-pages.ts";

const runs = { numRuns: 6 };
const remark = { author: "ann", note: "gone" };

describe("no stored item makes an answer larger than a function may give", () => {
  it("of an alert with its members, of alerts, of decisions, or of a retirement", async () => {
    const property = fc.asyncProperty(stored.alert, stored.loss, async (one, loss) => {
      const { ask, put } = createOperateHarness();
      const within = askWithinLimits(ask);
      const alert: Alert = { ...one, alertId: "alert-1" };
      const losses = Array.from({ length: 120 }, (_, index) => ({
        ...loss,
        thisDN: "7001",
        lossId: `loss-${index}`,
      }));
      put.alerts(alert, ...[2, 3, 4].map((number) => ({ ...one, number, alertId: `${number}` })));
      put.losses(...losses);
      await walkPages(within, "GET /v1/decisions", "thisDN=7001&limit=500");
      await walkPages(within, "GET /v1/alerts", "limit=500");
      await within("GET /v1/alerts/{alertId}", {
        path: { alertId: alert.alertId },
        query: "limit=500",
      });
    });
    await fc.assert(property, runs);
  });

  it("of registrations, by DN or as a list", async () => {
    const property = fc.asyncProperty(stored.status, async (status) => {
      const { store, ask } = createQueryHarness();
      for (let index = 0; index < 60; index += 1) {
        const one = { ...status, server: `${index}${status.server}`.slice(0, 128) };
        store.statuses.set(statusKey(one), one);
      }
      const within = askWithinLimits(ask);
      const query = `thisDN=${encodeURIComponent(status.thisDN)}`;
      await walkPages(within, "GET /v1/registrations", query);
      await walkPages(within, "GET /v1/registrations", "limit=500");
    });
    await fc.assert(property, runs);
  });

  it("of the names of retired applications", async () => {
    const { post, put, tables } = createOperateHarness();
    await put.events();
    const [status] = fc.sample(stored.status, { numRuns: 1, seed: 1 });
    if (status === undefined) throw new Error("no status");
    const names = Array.from({ length: 40 }, (_, index) => [`bridge-${index}`, { statusSince: 1 }]);
    const known = { ...status, server: "SIPTS750", applications: Object.fromEntries(names) };
    tables.statuses.set(statusKey(known), known);
    const answer = await post("POST /v1/retirements", { server: "SIPTS750", ...remark });
    expect(answer).toMatchObject({ status: 202, body: { applicationsCount: 40 } });
    expect(answer.body).toHaveProperty("applications.length", 32);
  });
});

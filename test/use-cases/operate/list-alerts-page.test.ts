import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import { createListAlertsPage } from "../../../lambda/use-cases/operate/list-alerts-page.ts";
import { reading } from "../../support/alert-texts.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { alertMapKey, createInMemoryAlerts } from "../../support/in-memory-alerts.ts";

const statuses = ["open", "acknowledged", "resolved"] as const;
const arbitraryAlerts = fc.array(
  fc.record({ status: fc.constantFrom(...statuses), openedAt: fc.nat({ max: 3 }) }),
  { maxLength: 12 },
);

const createTable = (alerts: readonly Pick<Alert, "status" | "openedAt">[]) => {
  const table = createInMemoryAlerts();
  const stored = alerts.map((one, index) => {
    const alertId = `alert-${index}`;
    return buildAlert({ ...one, alertId, subject: alertId });
  });
  for (const alert of stored) table.alerts.set(alertMapKey(alert), alert);
  return { table, stored };
};

describe("a list of alerts", () => {
  it("shows each alert once, newest opening first, in pages of any length", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryAlerts, fc.integer({ min: 1, max: 5 }), async (alerts, limit) => {
        const { table, stored } = createTable(alerts);
        const listPage = createListAlertsPage(table.listAlerts, () => reading);
        const seen: Alert[] = [];
        let beyond: string | undefined;
        do {
          const page = await listPage({ beyond, limit });
          expect(page.alerts.length).toBeLessThanOrEqual(limit);
          seen.push(...page.alerts);
          beyond = page.next;
        } while (beyond !== undefined);
        const ids = (some: readonly Alert[]) => some.map(({ alertId }) => alertId).toSorted();
        expect(ids(seen)).toEqual(ids(stored));
        const times = seen.map(({ openedAt }) => openedAt);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
      }),
    );
  });

  it("ends where a page is full of alerts from lists that could give more", async () => {
    const { table } = createTable([
      { status: "open", openedAt: 1 },
      { status: "resolved", openedAt: 2 },
    ]);
    const page = await createListAlertsPage(table.listAlerts, () => reading)({ limit: 2 });
    expect(page).toMatchObject({ alerts: [{ openedAt: 2 }, { openedAt: 1 }], next: undefined });
  });

  it("shows an alert once although it changes its status between two of the lists", async () => {
    const entry = { alert: buildAlert(), place: "2026-11-20T02:58:00.000000Z#alert-1" };
    const listPage = createListAlertsPage(
      async () => [entry],
      () => reading,
    );
    expect((await listPage({ limit: 10 })).alerts).toHaveLength(1);
  });
});

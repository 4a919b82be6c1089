import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { AlertRange } from "../../../lambda/ports/alerts.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";
import type { CreateAlerting } from "./store-contract.ts";

/** Alerts opened a microsecond after each other, on two servers; every fourth is acknowledged. */
const population: Alert[] = Array.from({ length: 12 }, (_, index) =>
  buildAlert({
    subject: `subject ${index}`,
    alertId: `alert-${index}`,
    openedAt: baseTime + index,
    server: index % 2 === 0 ? "SIPTS750" : "SIPTS751",
    status: index % 4 === 3 ? "acknowledged" : "open",
  }),
);

const range = (changes: Partial<AlertRange> = {}): AlertRange => ({
  status: "open",
  server: undefined,
  beyond: undefined,
  limit: 100,
  ...changes,
});

const createFilled = async (createAlerting: CreateAlerting, alerts = population) => {
  const ports = await createAlerting();
  await Promise.all(alerts.map(ports.writeAlert));
  const list = async (changes: Partial<AlertRange>) =>
    (await ports.listAlerts(range(changes))).map(({ alert }) => alert.alertId);
  return { ...ports, list };
};
const ids = (...indexes: number[]) => indexes.map((index) => `alert-${index}`);

/** The port that lists alerts. */
export const describeAlertLists = (createAlerting: CreateAlerting): void => {
  describe("lists of alerts", () => {
    it("give the alerts of a status, the newest opening first, up to the limit", async () => {
      const { list } = await createFilled(createAlerting);
      expect(await list({})).toEqual(ids(10, 9, 8, 6, 5, 4, 2, 1, 0));
      expect(await list({ status: "acknowledged" })).toEqual(ids(11, 7, 3));
      expect(await list({ status: "resolved" })).toEqual([]);
      expect(await list({ limit: 2 })).toEqual(ids(10, 9));
    });

    it("give the alerts of one server", async () => {
      const { list } = await createFilled(createAlerting);
      expect(await list({ server: "SIPTS751" })).toEqual(ids(9, 5, 1));
      expect(await list({ server: "SIPTS751", limit: 2 })).toEqual(ids(9, 5));
      expect(await list({ server: "SIPTS75" })).toEqual([]);
    });

    it("give whole alerts, and continue strictly beyond a position", async () => {
      const { listAlerts } = await createFilled(createAlerting);
      const [first, second] = await listAlerts(range({ limit: 2 }));
      expect([first?.alert, second?.alert]).toEqual([population[10], population[9]]);
      const rest = await listAlerts(range({ beyond: second?.place, limit: 1 }));
      expect(rest.map(({ alert }) => alert)).toEqual([population[8]]);
      const ofServer = await listAlerts(range({ server: "SIPTS751", beyond: second?.place }));
      expect(ofServer.map(({ alert }) => alert.alertId)).toEqual(ids(5, 1));
    });

    it("give each alert of one moment once", async () => {
      const twins = population.map((alert) => ({
        ...alert,
        openedAt: baseTime,
        status: "open" as const,
      }));
      const { listAlerts } = await createFilled(createAlerting, twins);
      const seen: string[] = [];
      let beyond: string | undefined;
      do {
        const part = await listAlerts(range({ beyond, limit: 5 }));
        seen.push(...part.map(({ alert }) => alert.alertId));
        beyond = part.at(-1)?.place;
      } while (beyond !== undefined);
      expect(seen).toHaveLength(12);
      expect(new Set(seen).size).toBe(12);
    });

    it("move an alert whose status changes, at its position by its opening", async () => {
      const { writeAlert, list } = await createFilled(createAlerting);
      const [first] = population;
      if (first === undefined) throw new Error("no alert");
      await writeAlert({ ...first, revision: 2, status: "acknowledged" });
      expect(await list({ limit: 20 })).not.toContain("alert-0");
      expect(await list({ status: "acknowledged" })).toEqual(ids(11, 7, 3, 0));
    });
  });
};

import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import { buildAlert, buildMember, buildResolvedAlert } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";
import type { CreateAlerting } from "./store-contract.ts";

/** An alert with everything in it. */
const rich: Alert = buildAlert({
  kind: "bridge",
  application: "bridge-a",
  status: "acknowledged",
  acknowledgedAt: baseTime + 1,
  resolvedAt: baseTime + 2,
  resolution: "registered",
  dns: [
    buildMember({ registeredOn: ["SIPTS751"] }),
    buildMember({ thisDN: "𝄞", reason: { category: "link", evidence: "" } }),
  ],
  toldSeverities: ["warning", "critical"],
  customers: ["Environment", ""],
  joinedAt: baseTime + 3,
  untoldSince: baseTime + 4,
  quietSince: baseTime + 5,
  relapses: 3,
  flapping: true,
  remindedAt: baseTime + 6,
  timeline: [
    { at: baseTime, what: "acknowledged", author: "Ada", note: "line\nbreak" },
    { at: baseTime, what: "acknowledged", author: "crm", onBehalfOf: "Ada", tokenId: "token_1" },
  ],
});

const withoutNotice = (): Alert => {
  const { notice: _notice, dueAt: _dueAt, ...alert } = buildAlert();
  return alert;
};

/** The ports that read and write alerts one at a time. */
export const describeAlerts = (createAlerting: CreateAlerting): void => {
  describe("alerts", () => {
    it.each<[string, Alert]>([
      ["with everything in it", rich],
      ["that need not be published and is not due", withoutNotice()],
      ["that is resolved", buildResolvedAlert({ revision: 1 })],
    ])("reads back an alert %s", async (_, alert) => {
      const { writeAlert, readAlert } = await createAlerting();
      expect(await writeAlert(alert)).toBe("written");
      expect(await readAlert(alert)).toEqual(alert);
    });

    it("replaces the whole alert: what is absent now is removed", async () => {
      const { writeAlert, readAlert } = await createAlerting();
      await writeAlert(rich);
      const later = { ...withoutNotice(), revision: 2 };
      await writeAlert(later);
      const read = await readAlert(rich);
      expect(new Set(Object.keys(read ?? {}))).toEqual(new Set(Object.keys(later)));
    });

    it("finds no alert of another subject or number", async () => {
      const { writeAlert, readAlert, readAlertById, readLatestAlert } = await createAlerting();
      await writeAlert(buildAlert());
      expect(await readAlert({ ...buildAlert(), number: 2 })).toBeUndefined();
      expect(await readAlert({ ...buildAlert(), subject: "another" })).toBeUndefined();
      expect(await readLatestAlert("another")).toBeUndefined();
      expect(await readAlertById("alert-2")).toBeUndefined();
    });

    it("finds the newest about a subject, however many there are", async () => {
      const { writeAlert, readLatestAlert } = await createAlerting();
      for (const number of [9, 10, 2, 100]) {
        await writeAlert(buildAlert({ number, alertId: `alert-${number}` }));
      }
      await writeAlert(buildAlert({ subject: "another", number: 999, alertId: "alert-x" }));
      expect(await readLatestAlert(buildAlert().subject)).toMatchObject({
        number: 100,
        alertId: "alert-100",
      });
    });

    it("finds one by its id", async () => {
      const { writeAlert, readAlertById } = await createAlerting();
      await writeAlert(buildAlert({ alertId: "alert-1" }));
      await writeAlert(buildAlert({ number: 2, alertId: "alert-2" }));
      await writeAlert(buildAlert({ number: 3, alertId: "alert-22" }));
      expect(await readAlertById("alert-2")).toEqual(buildAlert({ number: 2, alertId: "alert-2" }));
    });

    it("accepts the longest names that an event may have", async () => {
      const { writeAlert, readAlertById, listAlerts } = await createAlerting();
      const [server, thisDN] = ["語".repeat(128), "語".repeat(255)];
      const alert = buildAlert({ subject: JSON.stringify(["dn", server, thisDN]), server, thisDN });
      expect(await writeAlert(alert)).toBe("written");
      expect(await readAlertById(alert.alertId)).toEqual(alert);
      const list = await listAlerts({ status: "open", server, beyond: undefined, limit: 5 });
      expect(list).toMatchObject([{ alert: { thisDN } }]);
    });

    it("says which are due, the longest overdue first, up to the limit", async () => {
      const { writeAlert, readDueAlerts } = await createAlerting();
      const at = (number: number, dueAt: number) =>
        writeAlert(buildAlert({ number, alertId: `alert-${number}`, dueAt }));
      await Promise.all([at(1, baseTime + 3), at(2, baseTime + 1), at(3, baseTime + 2)]);
      await writeAlert({ ...withoutNotice(), number: 4, alertId: "alert-4" });
      const due = async (now: number, limit: number) =>
        (await readDueAlerts(now, limit)).map(({ number }) => number);
      expect(await due(baseTime, 10)).toEqual([]);
      expect(await due(baseTime + 2, 10)).toEqual([2, 3]);
      expect(await due(baseTime + 9, 10)).toEqual([2, 3, 1]);
      expect(await due(baseTime + 9, 2)).toEqual([2, 3]);
      const [first] = await readDueAlerts(baseTime + 9, 1);
      expect(first).toEqual({ subject: buildAlert().subject, number: 2 });
    });
  });
};

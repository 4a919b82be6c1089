import { describe, expect, it, vi } from "vitest";
import { type Alert, subjects } from "../../../lambda/domain/alerting/alert.ts";
import type { AlertKey, Loss, LossRecord } from "../../../lambda/domain/alerting/loss.ts";
import { createChooseAlert } from "../../../lambda/use-cases/evaluate/choose-alert.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";
import { baseTime, unregistered } from "../../support/build-event.ts";
import { buildLoss, buildMissing, buildRecord } from "../../support/build-loss.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { statusAfter } from "../../support/status-after.ts";

const server = "SIPTS750";
const subject = subjects.incident(server);
const first = buildIncident([buildMember()], { alertId: "alert-1" });
const second = { ...first, number: 2, alertId: "alert-2" };
const single = buildAlert();
const partOf = ({ subject: about, number, alertId }: Alert, changes: Partial<LossRecord> = {}) =>
  buildMissing(alertId, { alert: { subject: about, number, alertId }, ...changes });

/** Which alerts a loss of DN 7001 belongs to, given the DN's earlier losses and the existing alerts. */
const choose = async (losses: Loss[], alerts: Alert[]) => {
  const find = (about: string) => alerts.filter((alert) => alert.subject === about);
  const readAlert = vi.fn(async (key: AlertKey) =>
    find(key.subject).find(({ number }) => number === key.number),
  );
  const chooseAlert = createChooseAlert({
    readAlert,
    readLatestAlert: async (about) => find(about).at(-1),
    readLossesOfDn: async (_, range) =>
      losses.filter(({ server }) => "server" in range && server === range.server),
    rules: defaultRules,
    now: () => baseTime,
  });
  const status = statusAfter(unregistered());
  const candidate = {
    record: buildRecord(),
    status,
    countedAt: 0,
    claimed: undefined,
    hasFormerAlert: false,
  };
  const { ownAlert, incident } = await chooseAlert(candidate, find(subject).at(-1));
  return { ownAlert, incident, reads: readAlert.mock.calls.length };
};

describe("a loss belongs", () => {
  it.each<[string, Loss[], Alert[], { ownAlert?: Alert; incident?: Alert }]>([
    ["to nothing where the DN was never lost", [], [single, first], {}],
    [
      "to the open alert about its DN",
      [buildLoss(), partOf(single)],
      [single],
      { ownAlert: single },
    ],
    [
      "to no alert about its DN that is over",
      [partOf(single)],
      [{ ...single, status: "resolved" }],
      {},
    ],
    ["to the incident that its DN was part of", [partOf(first)], [first], { incident: first }],
    [
      "to that incident, although there is a newer one",
      [partOf(first)],
      [first, second],
      { incident: first },
    ],
    [
      "to the newest incident that its DN was part of",
      [partOf(first), partOf(second)],
      [first, second],
      { incident: second },
    ],
    ["to no incident that is over", [partOf(first)], [{ ...first, status: "resolved" }], {}],
    [
      "to no incident that another evaluator wrote in the place of its own",
      [partOf(first)],
      [{ ...first, alertId: "another" }],
      {},
    ],
    [
      "to none of what the same number was part of on another server",
      [partOf(first, { server: "AVAYATS1" }), partOf(single, { server: "AVAYATS1" })],
      [single, first],
      {},
    ],
    [
      "to both where it was part of both",
      [partOf(single), partOf(first)],
      [single, first],
      { ownAlert: single, incident: first },
    ],
  ])("%s", async (_, losses, alerts, expected) => {
    const nothing = { ownAlert: undefined, incident: undefined };
    expect(await choose(losses, alerts)).toMatchObject({ ...nothing, ...expected });
  });

  it("to an incident that is read again only where it is not the newest", async () => {
    const another = { ...first, alertId: "another" };
    expect(await choose([partOf(first)], [first])).toMatchObject({ reads: 0 });
    expect(await choose([partOf(first)], [another])).toMatchObject({ reads: 0 });
    expect(await choose([partOf(first)], [first, second])).toMatchObject({ reads: 1 });
  });
});

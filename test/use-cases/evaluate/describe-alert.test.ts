import { describe, expect, it, vi } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { UpdateReason } from "../../../lambda/domain/alerting/alert-step.ts";
import type { Loss, LossKey } from "../../../lambda/domain/alerting/loss.ts";
import { createDescribeAlert } from "../../../lambda/use-cases/evaluate/describe-alert.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";
import { buildMissing } from "../../support/build-loss.ts";

const incident = buildIncident([buildMember()]);
const memberOf = ({ alertId }: Alert, thisDN: string, changes: Partial<Loss> = {}) =>
  buildMissing(alertId, { thisDN, ...changes });

/** What is told of an alert with these members. */
const tell = async (alert: Alert, telling: UpdateReason | undefined, losses: readonly Loss[]) => {
  const readLosses = vi.fn(async (_keys: readonly LossKey[]) => [...losses]);
  const describeAlert = createDescribeAlert({
    readMembers: async () => ({ items: [...losses], next: undefined }),
    readLosses,
    readLossesOfDn: async () => [...losses],
    readStatuses: async () => [],
    readStatusesOfDn: async () => [],
  });
  return { told: await describeAlert({ alert, telling }), readLosses };
};

describe("an incident that is told again", () => {
  it("says how most of its members came back, when it is resolved", async () => {
    const members = [
      memberOf(incident, "7001", { endedBy: "retired" }),
      memberOf(incident, "7002", { endedBy: "registered" }),
      memberOf(incident, "7003", { endedBy: "registered" }),
    ];
    const { told } = await tell(incident, "resolved", members);
    expect(told).toMatchObject({ resolution: "registered", count: 3 });
    expect(told.title).toContain("registered again or retired");
  });

  it("takes a member for registered again of which nobody knows how it ended", async () => {
    const { told } = await tell(incident, "resolved", [memberOf(incident, "7001")]);
    expect(told.resolution).toBe("registered");
  });

  it("has no resolution while it is open", async () => {
    const members = [memberOf(incident, "7001"), memberOf(incident, "7002")];
    const { told } = await tell(incident, "joined", members);
    expect(told).not.toHaveProperty("resolution");
    expect(told.title).toContain("SIPTS750 lost 2 DNs");
  });

  it("says that it flaps", async () => {
    const flapping = { ...incident, flapping: true };
    const { told } = await tell(flapping, "flapping", [memberOf(incident, "7001")]);
    expect(told.title).toMatch(/^Flapping: SIPTS750 lost 1 DN /);
  });

  it("counts all members and looks at a thousand for causes", async () => {
    const members = Array.from({ length: 1_001 }, (_, index) => memberOf(incident, String(index)));
    const { told, readLosses } = await tell(incident, "joined", members);
    expect(told.count).toBe(1_001);
    expect(readLosses.mock.calls[0]?.[0]).toHaveLength(1_000);
  });
});

describe("an alert about one DN that is told again", () => {
  it("has no resolution while it is open", async () => {
    const alert = buildAlert();
    const { told } = await tell(alert, "reminded", [memberOf(alert, "7001")]);
    expect(told).not.toHaveProperty("resolution");
  });

  it("stays as it was where its losses are gone, or nothing is told", async () => {
    const alert = buildAlert();
    expect((await tell(alert, "reminded", [])).told).toEqual(alert);
    expect((await tell(alert, undefined, [memberOf(alert, "7001")])).told).toEqual(alert);
  });
});

describe("an alert about a server that is told again", () => {
  const { thisDN: _, ...rest } = buildAlert();
  const alert: Alert = { ...rest, kind: "server", title: "the link is down" };

  it.each<[UpdateReason, string]>([
    ["joined", "the link is down"],
    ["reminded", "the link is down"],
    ["escalated", "the link is down"],
    ["resolved", "It is over: the link is down"],
    ["flapping", "Flapping (1 times since 02:58 UTC): the link is down"],
  ])("says what it is: %s", async (telling, title) => {
    expect((await tell(alert, telling, [])).told.title).toBe(title);
  });
});

import { describe, expect, it, vi } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { UpdateReason } from "../../../lambda/domain/alerting/apply-facts.ts";
import type { Loss, LossIn, LossKey } from "../../../lambda/domain/alerting/loss.ts";
import { createDescribeAlert } from "../../../lambda/use-cases/evaluate/describe-alert.ts";
import { readHeadline, textOf } from "../../support/alert-texts.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";
import { buildFormerMember, buildMissing } from "../../support/build-loss.ts";

const incident = buildIncident([buildMember()]);
const memberOf = ({ alertId }: Alert, thisDN: string) => buildMissing(alertId, { thisDN });
const endedBy = (end: LossIn<"over">["endedBy"], thisDN: string) =>
  buildFormerMember(incident.alertId, { thisDN, endedBy: end });

/** What an alert with these members says when it is published again, for this reason. */
const describeAgain = async (
  alert: Alert,
  reason: UpdateReason | undefined,
  losses: readonly Loss[],
) => {
  const readLosses = vi.fn(async (_keys: readonly LossKey[]) => [...losses]);
  const describeAlert = createDescribeAlert({
    readMembers: async () => ({ items: [...losses], next: undefined }),
    readLosses,
    readLossesOfDn: async () => [...losses],
    readStatuses: async () => [],
    readStatusesOfDn: async () => [],
  });
  const advance = reason === undefined ? { alert } : { alert, reason };
  return { described: await describeAlert(advance), readLosses };
};

describe("an incident that is published again", () => {
  it("says how most of its members came back, when it is resolved", async () => {
    const members = [
      endedBy("retired", "7001"),
      endedBy("registered", "7002"),
      endedBy("registered", "7003"),
    ];
    const { described } = await describeAgain(incident, "resolved", members);
    expect(described).toMatchObject({ resolution: "registered", count: 3 });
    expect(readHeadline(described.text)).toContain("registered again or retired");
  });

  it("counts a member as registered again when it is unknown how its loss ended", async () => {
    const { described } = await describeAgain(incident, "resolved", [memberOf(incident, "7001")]);
    expect(described.resolution).toBe("registered");
  });

  it("has no resolution while it is open", async () => {
    const members = [memberOf(incident, "7001"), memberOf(incident, "7002")];
    const { described } = await describeAgain(incident, "joined", members);
    expect(described).not.toHaveProperty("resolution");
    expect(readHeadline(described.text)).toContain("bridge-a lost 2 DNs");
  });

  it("says that it flaps", async () => {
    const flapping = { ...incident, flapping: true };
    const { described } = await describeAgain(flapping, "flapping", [memberOf(incident, "7001")]);
    expect(readHeadline(described.text)).toMatch(/^bridge-a lost 1 DN at 02:58 UTC \(flapping\)/);
  });

  it("counts all members and reads a thousand for causes", async () => {
    const members = Array.from({ length: 1_001 }, (_, index) => memberOf(incident, String(index)));
    const { described, readLosses } = await describeAgain(incident, "joined", members);
    expect(described.count).toBe(1_001);
    expect(readLosses.mock.calls[0]?.[0]).toHaveLength(1_000);
  });
});

describe("an alert about one DN that is published again", () => {
  it("has no resolution while it is open", async () => {
    const alert = buildAlert();
    const { described } = await describeAgain(alert, "reminded", [memberOf(alert, "7001")]);
    expect(described).not.toHaveProperty("resolution");
  });

  it("stays as it was where its losses are gone, or nothing is published", async () => {
    const alert = buildAlert();
    expect((await describeAgain(alert, "reminded", [])).described).toEqual(alert);
    expect((await describeAgain(alert, undefined, [memberOf(alert, "7001")])).described).toEqual(
      alert,
    );
  });
});

describe("an alert about a server that is published again", () => {
  const { thisDN: _, ...rest } = buildAlert();
  const alert: Alert = { ...rest, kind: "server", text: textOf("the link is down") };

  it.each<[UpdateReason, string]>([
    ["joined", "the link is down"],
    ["reminded", "the link is down"],
    ["escalated", "the link is down"],
    ["resolved", "it is over: the link is down"],
    ["flapping", "flapping (1 times): the link is down"],
  ])("says what is wrong: %s", async (reason, words) => {
    const { described } = await describeAgain(alert, reason, []);
    expect(readHeadline(described.text)).toBe(words);
  });
});

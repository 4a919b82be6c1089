import { describe, expect, it } from "vitest";
import { joinLosses, takesOthers } from "../../../lambda/domain/alerting/join-losses.ts";
import { buildIncident, buildMember } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { defaultRules } from "../../support/default-rules.ts";

describe("an incident", () => {
  const incident = buildIncident([buildMember()]);
  const { openedAt } = incident;
  const clock = { rules: defaultRules, now: openedAt + 1 };

  it("accepts others for a while after the newest one joined, or after it was opened", () => {
    const end = openedAt + 300_000_000;
    expect(takesOthers(incident, defaultRules, end - 1)).toBe(true);
    expect(takesOthers(incident, defaultRules, end)).toBe(false);
    expect(takesOthers({ ...incident, joinedAt: openedAt + 1 }, defaultRules, end)).toBe(true);
    expect(takesOthers({ ...incident, status: "resolved" }, defaultRules, openedAt)).toBe(false);
  });

  it("has to publish DNs that join it, their customers and their severity", () => {
    const losses = [buildLoss({ customerID: "acme", lostAt: baseTime + 7 })];
    const warned = { ...incident, severity: "warning" as const, customers: ["else"] };
    expect(joinLosses(warned, { losses, hasOthers: true }, clock)).toMatchObject({
      severity: "critical",
      customers: ["else", "acme"],
      firstLostAt: baseTime,
      lastLostAt: baseTime + 7,
      joinedAt: clock.now,
      untoldSince: clock.now,
      timeline: incident.timeline,
    });
    const untold = { ...incident, untoldSince: openedAt };
    expect(joinLosses(untold, { losses, hasOthers: true }, clock).untoldSince).toBe(openedAt);
  });

  it("has nothing to publish when members are lost again", () => {
    const quiet = { ...incident, quietSince: openedAt };
    const joined = joinLosses(quiet, { losses: [buildLoss()], hasOthers: false }, clock);
    expect(joined).toMatchObject({ untoldSince: undefined, quietSince: undefined });
    expect(joined.timeline.at(-1)?.what).toBe("lost again");
  });

  it("has something to publish where its members are worse off than was published", () => {
    const warned = {
      ...incident,
      severity: "warning" as const,
      toldSeverities: ["warning" as const],
    };
    const worse = joinLosses(warned, { losses: [buildLoss()], hasOthers: false }, clock);
    expect(worse).toMatchObject({
      severity: "critical",
      untoldSince: clock.now,
      joinedAt: undefined,
    });
  });
});

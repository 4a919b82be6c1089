import { describe, expect, it } from "vitest";
import { addToTrail } from "../../../lambda/domain/alerting/add-to-trail.ts";
import { joinIncident, takesOthers } from "../../../lambda/domain/alerting/join-incident.ts";
import {
  joinCustomers,
  spanOf,
  summarizeLosses,
} from "../../../lambda/domain/alerting/summarize-losses.ts";
import { buildIncident, buildMember } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { defaultRules } from "../../support/default-rules.ts";

describe("summarizeLosses", () => {
  it("counts the causes of the newest loss of each DN, and knows the first and the last", () => {
    const losses = [
      buildLoss({ cause: "a", customerID: "acme", severity: "warning" }),
      buildLoss({
        cause: "b",
        learntAt: baseTime + 9_000_000,
        lostAt: baseTime + 5,
        severity: "warning",
      }),
      buildLoss({ cause: "c", learntAt: baseTime }),
      buildLoss({ thisDN: "7002", cause: "d", customerID: "acme" }),
      buildLoss({ thisDN: "7003", cause: "d" }),
    ];
    expect(summarizeLosses(losses)).toEqual({
      causes: [
        { cause: "d", count: 2 },
        { cause: "b", count: 1 },
      ],
      severity: "critical",
      customers: ["acme"],
      firstLostAt: baseTime,
      lastLostAt: baseTime + 5,
    });
  });

  it("keeps the twenty most frequent causes and fifty customers", () => {
    const losses = Array.from({ length: 30 }, (_, index) =>
      buildLoss({ thisDN: String(index), cause: `cause ${Math.min(index, 25)}` }),
    );
    const { causes } = summarizeLosses(losses);
    expect(causes).toHaveLength(20);
    expect(causes[0]).toEqual({ cause: "cause 25", count: 5 });
    const customers = Array.from({ length: 60 }, (_, index) => `customer ${index}`);
    expect(joinCustomers(["customer 59"], customers)).toHaveLength(50);
  });

  it("passes over times that nobody knows", () => {
    expect(spanOf([undefined, 7, 5])).toEqual({ firstLostAt: 5, lastLostAt: 7 });
  });

  it("knows nothing of nothing", () => {
    expect(summarizeLosses([])).toMatchObject({ severity: "warning", firstLostAt: undefined });
  });
});

describe("addToTrail", () => {
  it("keeps the first step and the newest", () => {
    const trail = Array.from({ length: 30 }).reduce<{ at: number; words: string }[]>(
      (steps, _, index) => addToTrail(steps, index, `step ${index}`),
      [],
    );
    expect(trail).toHaveLength(20);
    expect([trail[0]?.words, trail[1]?.words, trail[19]?.words]).toEqual([
      "step 0",
      "step 11",
      "step 29",
    ]);
  });
});

describe("an incident", () => {
  const incident = buildIncident([buildMember()]);
  const { openedAt } = incident;
  const clock = { rules: defaultRules, now: openedAt + 1 };

  it("takes others for a while after the newest one joined, or after it was opened", () => {
    const end = openedAt + 300_000_000;
    expect(takesOthers(incident, defaultRules, end - 1)).toBe(true);
    expect(takesOthers(incident, defaultRules, end)).toBe(false);
    expect(takesOthers({ ...incident, joinedAt: openedAt + 1 }, defaultRules, end)).toBe(true);
    expect(takesOthers({ ...incident, status: "resolved" }, defaultRules, openedAt)).toBe(false);
  });

  it("has news of DNs that join it, whose they are, and how badly off", () => {
    const losses = [buildLoss({ customerID: "acme", lostAt: baseTime + 7 })];
    const warned = { ...incident, severity: "warning" as const, customers: ["else"] };
    expect(joinIncident(warned, { losses, hasOthers: true }, clock)).toMatchObject({
      revision: 2,
      severity: "critical",
      customers: ["else", "acme"],
      firstLostAt: baseTime,
      lastLostAt: baseTime + 7,
      joinedAt: clock.now,
      untoldSince: clock.now,
      notice: undefined,
      timeline: incident.timeline,
    });
    const untold = { ...incident, untoldSince: openedAt };
    expect(joinIncident(untold, { losses, hasOthers: true }, clock).untoldSince).toBe(openedAt);
  });

  it("has no news of members that are lost again", () => {
    const quiet = { ...incident, quietSince: openedAt };
    const joined = joinIncident(quiet, { losses: [buildLoss()], hasOthers: false }, clock);
    expect(joined).toMatchObject({ untoldSince: undefined, quietSince: undefined });
    expect(joined.timeline.at(-1)?.what).toBe("lost again");
  });

  it("has news where its members are worse off than anybody was told", () => {
    const warned = {
      ...incident,
      severity: "warning" as const,
      toldSeverities: ["warning" as const],
    };
    const worse = joinIncident(warned, { losses: [buildLoss()], hasOthers: false }, clock);
    expect(worse).toMatchObject({
      severity: "critical",
      untoldSince: clock.now,
      joinedAt: undefined,
    });
  });
});

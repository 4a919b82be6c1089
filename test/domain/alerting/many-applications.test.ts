import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundAlert } from "../../../lambda/domain/alerting/bound-alert.ts";
import { boundLoss } from "../../../lambda/domain/alerting/bound-loss.ts";
import { decideLoss } from "../../../lambda/domain/alerting/decide-loss.ts";
import type { InhibitedFacts } from "../../../lambda/domain/alerting/inhibitor.ts";
import { lossText } from "../../../lambda/domain/alerting/loss-text.ts";
import { readHeadline } from "../../support/alert-texts.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { baseTime, unregistered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { unbounded } from "../../support/largest-values.ts";
import { statusAfter } from "../../support/status-after.ts";

const names = Array.from({ length: 40 }, (_, index) => `bridge-${index + 10}`);
const lossesOf = (applications: readonly string[]) => {
  const [first = "", ...others] = applications;
  const lose = (application: string) => unregistered({ application, errorCode: 59 });
  return statusAfter(lose(first), ...others.map(lose));
};
const status = lossesOf(names);
const key = { thisDN: "7001", server: "SIPTS750", lossId: status.alertId ?? "" };

const decide = (snapshot: Partial<Parameters<typeof decideLoss>[0]> = {}) => {
  const asked: InhibitedFacts[] = [];
  const circumstances = {
    rules: defaultRules,
    now: status.changedAt + 60_000_000,
    findInhibitor: (facts: InhibitedFacts) => {
      asked.push(facts);
      return undefined;
    },
  };
  const base = { key, status, loss: undefined, alert: undefined };
  return { asked, decision: decideLoss({ ...base, ...snapshot }, circumstances) };
};

describe("a loss by 40 applications", () => {
  const { asked, decision } = decide();
  const record = decision.kind === "alert" ? decision.candidate.record : undefined;
  const alert = buildAlert({ subject: "s", alertId: "alert-1" });
  const reference = { subject: "s", number: 1, alertId: "alert-1" };
  const memberOf = () => {
    if (record === undefined) throw new Error("no alert");
    return { ...record, state: "alerted" as const, alert: reference };
  };

  it("is decided on with all of them", () => {
    expect(asked.map(({ applications }) => applications)).toEqual([names]);
  });

  it("records 32 of them, and how many there are", () => {
    expect(record).toMatchObject({ applications: names.slice(0, 32), applicationsCount: 40 });
    expect(record?.trail[0]?.words).toMatch(/^lost by bridge-10, .*, bridge-19 and 30 more unexp/);
  });

  it("has a title that names three", () => {
    expect(record && readHeadline(lossText(record, status))).toMatch(
      /^bridge-10, bridge-11, bridge-12 and 37 more lost DN 7001/,
    );
  });

  it("has not changed while these are the same, and is worse with one more", () => {
    const loss = memberOf();
    expect(decide({ loss, alert }).decision).toEqual({ kind: "nothing" });
    const more = decide({ loss, alert, status: lossesOf([...names, "bridge-99"]) });
    expect(more.asked).toHaveLength(1);
    expect(more.decision).toMatchObject({ kind: "changed", loss: { applicationsCount: 41 } });
  });
});

describe("what was stored beyond a bound", () => {
  it("is brought down once: within its bounds nothing changes", () => {
    fc.assert(
      fc.property(unbounded.loss, unbounded.alert, (loss, alert) => {
        const [boundedLoss, boundedAlert] = [boundLoss(loss), boundAlert(alert)];
        expect(boundLoss(boundedLoss)).toEqual(boundedLoss);
        expect(boundAlert(boundedAlert)).toEqual(boundedAlert);
        expect(boundedAlert.count).toBe(alert.count);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps the first entry of a timeline and the newest ones", () => {
    const timeline = Array.from({ length: 50 }, (_, at) => ({ at, what: "語".repeat(2_000) }));
    const kept = boundAlert(buildAlert({ timeline })).timeline.map(({ at }) => at);
    expect(kept[0]).toBe(0);
    expect(kept.slice(1)).toEqual(timeline.map(({ at }) => at).slice(1 - kept.length));
    expect(kept.length).toBeGreaterThan(40);
    expect(boundAlert(buildAlert({ timeline: [] })).timeline).toEqual([]);
  });

  it("has as many DNs as fit, and each of them says what it leaves out", () => {
    const registeredOn = Array.from({ length: 1_800 }, (_, index) => `S${index}`);
    const [member] = buildAlert().dns;
    const dns = member === undefined ? [] : Array(150).fill({ ...member, registeredOn });
    const bounded = boundAlert(buildAlert({ dns, lastLostAt: baseTime })).dns;
    expect(bounded).toHaveLength(100);
    expect(bounded[99]).toMatchObject({
      registeredOn: registeredOn.slice(0, 20),
      registeredOnCount: 1_800,
    });
  });
});

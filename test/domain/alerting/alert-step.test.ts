import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import { type AlertFacts, nextStep } from "../../../lambda/domain/alerting/alert-step.ts";
import { AlertRulesSchema, micros } from "../../../lambda/domain/rules.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";

const { openedAt } = buildAlert();
const missing: AlertFacts = { isOngoing: true, relapses: 0, severity: "critical", count: 1 };
const back = { ...missing, isOngoing: false };

const stepAfter = (
  seconds: number,
  given: { alert?: Partial<Alert>; facts?: Partial<AlertFacts>; rules?: object } = {},
) =>
  nextStep(
    { ...buildAlert(), joinedAt: openedAt, ...given.alert },
    { ...missing, ...given.facts },
    { rules: v.parse(AlertRulesSchema, given.rules ?? {}), now: openedAt + micros(seconds) },
  );
const dueIn = (step: ReturnType<typeof nextStep>): number =>
  ((step?.alert.dueAt ?? 0) - openedAt) / 1_000_000;

describe("nextStep", () => {
  it("writes nothing where nothing has changed and nothing is due", () => {
    expect(stepAfter(10)).toBeUndefined();
    expect(stepAfter(10, { facts: { relapses: 1 } })?.alert.relapses).toBe(1);
  });

  it("looks again every five minutes, and tells nothing", () => {
    const step = stepAfter(301);
    expect(step).toMatchObject({ telling: undefined, alert: { revision: 2, notice: undefined } });
    expect(dueIn(step)).toBe(601);
    expect(step?.alert.timeline).toEqual(buildAlert().timeline);
  });

  it("is written at once where no time was set", () => {
    expect(dueIn(stepAfter(5, { alert: { dueAt: undefined } }))).toBe(305);
  });

  it("holds an alert open when nothing is missing any more, and resolves it then", () => {
    const quiet = stepAfter(20, { facts: back });
    expect(quiet).toMatchObject({
      telling: undefined,
      alert: { quietSince: openedAt + micros(20) },
    });
    expect(quiet?.alert.timeline.at(-1)?.what).toBe("nothing is missing any more");
    expect(dueIn(quiet)).toBe(320);
    expect(dueIn(stepAfter(20, { facts: back, rules: { holdOpenSeconds: 60 } }))).toBe(80);
    expect(stepAfter(100, { alert: { ...quiet?.alert }, facts: back })).toBeUndefined();
    const resolved = stepAfter(320, { alert: { ...quiet?.alert }, facts: back });
    expect(resolved).toMatchObject({
      telling: "resolved",
      alert: { status: "resolved", notice: "alert.resolved", resolvedAt: openedAt + micros(320) },
    });
    expect(resolved?.alert.dueAt).toBeUndefined();
    expect(resolved?.alert.timeline.map(({ what }) => what)).toEqual([
      "opened",
      "nothing is missing any more",
      "resolved",
    ]);
  });

  it("stays open when something is lost again", () => {
    const step = stepAfter(50, { alert: { quietSince: openedAt }, facts: { relapses: 1 } });
    expect(step).toMatchObject({
      telling: undefined,
      alert: { quietSince: undefined, relapses: 1 },
    });
    expect(step?.alert.timeline.at(-1)?.what).toBe("lost again");
  });

  it("says once that it flaps", () => {
    const step = stepAfter(50, { facts: { relapses: 3 } });
    expect(step).toMatchObject({
      telling: "flapping",
      alert: { notice: "alert.updated", flapping: true, relapses: 3 },
    });
    expect(
      stepAfter(60, { alert: { ...step?.alert }, facts: { relapses: 4 } })?.telling,
    ).toBeUndefined();
  });

  it("tells once that a lone DN is seen by nobody any more", () => {
    const warned = { severity: "warning", toldSeverities: ["warning"] } as const;
    const step = stepAfter(5, { alert: { ...warned, toldSeverities: ["warning"] } });
    expect(step).toMatchObject({
      telling: "escalated",
      alert: { severity: "critical", toldSeverities: ["warning", "critical"] },
    });
    expect(
      stepAfter(6, { alert: { ...step?.alert }, facts: { severity: "warning" } }),
    ).toBeUndefined();
  });

  it("reminds only where that is asked for, and until somebody has acknowledged", () => {
    const rules = { remindSeconds: 60 };
    expect(dueIn(stepAfter(301, { rules: { remindSeconds: 1000 } }))).toBe(601);
    const step = stepAfter(60, { rules });
    expect(step).toMatchObject({
      telling: "reminded",
      alert: { remindedAt: openedAt + micros(60) },
    });
    expect(dueIn(step)).toBe(120);
    expect(stepAfter(90, { alert: { ...step?.alert }, rules })).toBeUndefined();
    expect(stepAfter(60, { alert: { status: "acknowledged" }, rules })).toBeUndefined();
  });

  describe("of an incident", () => {
    const { thisDN: _, ...incident } = buildIncident([buildMember()]);
    const step = (seconds: number, alert: Partial<Alert>, facts: Partial<AlertFacts> = {}) =>
      nextStep(
        { ...incident, ...alert },
        { ...missing, ...facts },
        { rules: v.parse(AlertRulesSchema, {}), now: openedAt + micros(seconds) },
      );

    it("tells of others once nobody joins any more", () => {
      const found = step(10, {}, { count: 9 });
      expect(found).toMatchObject({
        telling: undefined,
        alert: { untoldSince: openedAt + micros(10) },
      });
      expect(dueIn(found)).toBe(40);
      const joined = { ...found?.alert, joinedAt: openedAt + micros(20) };
      expect(step(49, joined, { count: 9 })?.telling).toBeUndefined();
      expect(step(50, joined, { count: 9 })).toMatchObject({ telling: "joined" });
    });

    it("tells of others at the latest after five minutes", () => {
      const joined = { untoldSince: openedAt, joinedAt: openedAt + micros(299) };
      expect(step(299, joined, { count: 9 })?.telling).toBeUndefined();
      expect(step(300, joined, { count: 9 })?.telling).toBe("joined");
    });

    it("tells nobody of those who were counted when it was opened", () => {
      const joined = { untoldSince: openedAt, joinedAt: openedAt };
      const settled = step(30, joined);
      expect(settled).toMatchObject({ telling: undefined, alert: { untoldSince: undefined } });
    });

    it("tells a little later that it is critical now", () => {
      const found = step(10, { severity: "warning", toldSeverities: ["warning"] });
      expect(found).toMatchObject({ telling: undefined, alert: { severity: "critical" } });
      const told = step(40, { ...found?.alert });
      expect(told).toMatchObject({
        telling: "joined",
        alert: { toldSeverities: ["warning", "critical"], untoldSince: undefined },
      });
    });
  });
});

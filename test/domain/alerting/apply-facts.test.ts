import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { advanceAlert } from "../../../lambda/domain/alerting/advance-alert.ts";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import type { AlertFacts } from "../../../lambda/domain/alerting/apply-facts.ts";
import { AlertRulesSchema, micros } from "../../../lambda/domain/rules.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";

const { openedAt } = buildAlert();
const missing: AlertFacts = { isOngoing: true, relapses: 0, severity: "critical", count: 1 };
const back = { ...missing, isOngoing: false };

const advance = (alert: Alert, facts: AlertFacts, rules: object, seconds: number) =>
  advanceAlert(
    alert,
    { kind: "facts", facts },
    { rules: v.parse(AlertRulesSchema, rules), now: openedAt + micros(seconds) },
  );

const stepAfter = (
  seconds: number,
  given: { alert?: Partial<Alert>; facts?: Partial<AlertFacts>; rules?: object } = {},
) =>
  advance(
    { ...buildAlert(), joinedAt: openedAt, ...given.alert },
    { ...missing, ...given.facts },
    given.rules ?? {},
    seconds,
  );
const dueIn = (step: ReturnType<typeof stepAfter>): number =>
  ((step?.alert.dueAt ?? 0) - openedAt) / 1_000_000;

describe("an open alert whose members were checked", () => {
  it("writes nothing where nothing has changed and nothing is due", () => {
    expect(stepAfter(10)).toBeUndefined();
    expect(stepAfter(10, { facts: { relapses: 1 } })?.alert.relapses).toBe(1);
  });

  it("is checked again every five minutes, and notifies of nothing", () => {
    const step = stepAfter(301);
    expect(step).toMatchObject({ reason: undefined, alert: { revision: 2, notice: undefined } });
    expect(dueIn(step)).toBe(601);
    expect(step?.alert.timeline).toEqual(buildAlert().timeline);
    expect(step?.notification).toBeUndefined();
  });

  it("is written at once where no time was set", () => {
    expect(dueIn(stepAfter(5, { alert: { dueAt: undefined } }))).toBe(305);
  });

  it("stays open for a while when no DN is missing any more, and is resolved then", () => {
    const quiet = stepAfter(20, { facts: back });
    expect(quiet).toMatchObject({
      reason: undefined,
      alert: { quietSince: openedAt + micros(20) },
    });
    expect(quiet?.alert.timeline.at(-1)?.what).toBe("nothing is missing any more");
    expect(dueIn(quiet)).toBe(320);
    expect(dueIn(stepAfter(20, { facts: back, rules: { holdOpenSeconds: 60 } }))).toBe(80);
    expect(stepAfter(100, { alert: { ...quiet?.alert }, facts: back })).toBeUndefined();
    const resolved = stepAfter(320, { alert: { ...quiet?.alert }, facts: back });
    expect(resolved).toMatchObject({
      reason: "resolved",
      alert: { status: "resolved", notice: "alert.resolved", resolvedAt: openedAt + micros(320) },
    });
    expect(resolved?.alert.dueAt).toBeUndefined();
    expect(resolved?.alert.timeline.map(({ what }) => what)).toEqual([
      "opened",
      "nothing is missing any more",
      "resolved",
    ]);
  });

  it("stays open when a DN is lost again", () => {
    const step = stepAfter(50, { alert: { quietSince: openedAt }, facts: { relapses: 1 } });
    expect(step).toMatchObject({
      reason: undefined,
      alert: { quietSince: undefined, relapses: 1 },
    });
    expect(step?.alert.timeline.at(-1)?.what).toBe("lost again");
  });

  it("says once that it flaps", () => {
    const step = stepAfter(50, { facts: { relapses: 3 } });
    expect(step).toMatchObject({
      reason: "flapping",
      alert: { notice: "alert.updated", flapping: true, relapses: 3 },
    });
    expect(
      stepAfter(60, { alert: { ...step?.alert }, facts: { relapses: 4 } })?.reason,
    ).toBeUndefined();
  });

  it("notifies once that no application sees a single DN any more", () => {
    const warned = { severity: "warning", toldSeverities: ["warning"] } as const;
    const step = stepAfter(5, { alert: { ...warned, toldSeverities: ["warning"] } });
    expect(step).toMatchObject({
      reason: "escalated",
      alert: { severity: "critical", toldSeverities: ["warning", "critical"] },
    });
    expect(
      stepAfter(6, { alert: { ...step?.alert }, facts: { severity: "warning" } }),
    ).toBeUndefined();
  });

  it("is due when it can be resolved, not when a reminder would have been, while no DN is missing", () => {
    const rules = { remindSeconds: 60 };
    const quiet = stepAfter(75, { facts: back, rules });
    expect(dueIn(quiet)).toBe(375);
    expect(stepAfter(90, { alert: { ...quiet?.alert }, facts: back, rules })).toBeUndefined();
  });

  it("reminds only where that is configured, and until it is acknowledged", () => {
    const rules = { remindSeconds: 60 };
    expect(dueIn(stepAfter(301, { rules: { remindSeconds: 1000 } }))).toBe(601);
    const step = stepAfter(60, { rules });
    expect(step).toMatchObject({
      reason: "reminded",
      alert: { remindedAt: openedAt + micros(60) },
    });
    expect(dueIn(step)).toBe(120);
    expect(stepAfter(90, { alert: { ...step?.alert }, rules })).toBeUndefined();
    expect(stepAfter(60, { alert: { status: "acknowledged" }, rules })).toBeUndefined();
  });

  describe("of an incident", () => {
    const { thisDN: _, ...incident } = buildIncident([buildMember()]);
    const step = (seconds: number, alert: Partial<Alert>, facts: Partial<AlertFacts> = {}) =>
      advance({ ...incident, ...alert }, { ...missing, ...facts }, {}, seconds);

    it("notifies of more DNs once no DN joins any more", () => {
      const found = step(10, {}, { count: 9 });
      expect(found).toMatchObject({
        reason: undefined,
        alert: { untoldSince: openedAt + micros(10) },
      });
      expect(dueIn(found)).toBe(40);
      const joined = { ...found?.alert, joinedAt: openedAt + micros(20) };
      expect(step(49, joined, { count: 9 })?.reason).toBeUndefined();
      expect(step(50, joined, { count: 9 })).toMatchObject({ reason: "joined" });
    });

    it("notifies of more DNs at the latest after five minutes", () => {
      const joined = { untoldSince: openedAt, joinedAt: openedAt + micros(299) };
      expect(step(299, joined, { count: 9 })?.reason).toBeUndefined();
      expect(step(300, joined, { count: 9 })?.reason).toBe("joined");
    });

    it("does not notify of DNs that were counted when it was opened", () => {
      const joined = { untoldSince: openedAt, joinedAt: openedAt };
      const settled = step(30, joined);
      expect(settled).toMatchObject({ reason: undefined, alert: { untoldSince: undefined } });
    });

    it("notifies a little later that it is critical now", () => {
      const found = step(10, { severity: "warning", toldSeverities: ["warning"] });
      expect(found).toMatchObject({ reason: undefined, alert: { severity: "critical" } });
      const published = step(40, { ...found?.alert });
      expect(published).toMatchObject({
        reason: "joined",
        alert: { toldSeverities: ["warning", "critical"], untoldSince: undefined },
      });
    });
  });
});

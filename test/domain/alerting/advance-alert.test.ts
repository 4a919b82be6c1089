import { describe, expect, it } from "vitest";
import { type AlertEvent, advanceAlert } from "../../../lambda/domain/alerting/advance-alert.ts";
import type { Alert } from "../../../lambda/domain/alerting/alert.ts";
import { textOf } from "../../support/alert-texts.ts";
import { buildAlert, buildMember, buildResolvedAlert } from "../../support/build-alert.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { defaultRules } from "../../support/default-rules.ts";

const { openedAt } = buildAlert();
const context = { rules: defaultRules, now: openedAt + 1 };
const actor = { author: "crm", onBehalfOf: "Ada", tokenId: "token_1" };
const remark = { ...actor, note: "on it" };
const advance = (alert: Alert | undefined, event: AlertEvent) =>
  advanceAlert(alert, event, context);

const opening = {
  subject: "a subject",
  number: 3,
  alertId: "alert-3",
  kind: "dn",
  server: "SIPTS750",
  severity: "warning",
  text: textOf("bridge-a lost DN 7001"),
  count: 1,
  dns: [buildMember()],
  causes: [],
  customers: ["acme"],
} as const;

describe("advanceAlert", () => {
  it("opens an alert in its first revision, and notifies of it", () => {
    expect(
      advance(undefined, {
        kind: "opened",
        opening: { ...opening, dns: [], causes: [], customers: [] },
      }),
    ).toEqual({
      alert: {
        ...opening,
        dns: [],
        causes: [],
        customers: [],
        revision: 1,
        status: "open",
        openedAt: context.now,
        joinedAt: context.now,
        toldSeverities: ["warning"],
        relapses: 0,
        flapping: false,
        dueAt: context.now + 300_000_000,
        notice: "alert.opened",
        timeline: [{ at: context.now, what: "opened" }],
      },
      notification: "alert.opened",
    });
  });

  it("counts each advance as a revision, and never notifies of an earlier one again", () => {
    const before = buildAlert({ revision: 4, notice: "alert.updated" });
    const losses = [buildLoss()];
    expect(advance(before, { kind: "joined", losses, hasOthers: true })).toMatchObject({
      alert: { revision: 5, notice: undefined },
    });
    expect(advance(before, { kind: "retired", what: "retired DN 7001", remark })).toMatchObject({
      alert: { revision: 5, notice: undefined, dueAt: before.dueAt },
    });
  });

  it("records who acknowledged it, keeps when that first happened, and notifies of the next person too", () => {
    const acknowledged = advance(buildAlert(), { kind: "acknowledged", remark });
    expect(acknowledged).toMatchObject({
      notification: "alert.acknowledged",
      alert: {
        status: "acknowledged",
        acknowledgedAt: context.now,
        acknowledgement: { author: "crm", onBehalfOf: "Ada", note: "on it" },
        notice: "alert.acknowledged",
        dueAt: buildAlert().dueAt,
      },
    });
    expect(acknowledged?.alert.timeline.at(-1)).toEqual({
      at: context.now,
      what: "acknowledged",
      ...remark,
    });
    expect(advance(acknowledged?.alert, { kind: "acknowledged", remark })).toBeUndefined();
    const later = { ...context, now: context.now + 7 };
    const { tokenId, ...bob } = { ...remark, onBehalfOf: "Bob" };
    expect(
      advanceAlert(
        acknowledged?.alert,
        { kind: "acknowledged", remark: { ...bob, tokenId } },
        later,
      ),
    ).toMatchObject({ alert: { acknowledgedAt: context.now, acknowledgement: bob } });
  });

  const facts = { isOngoing: false, relapses: 0, severity: "critical", count: 1 } as const;
  const condition = { ...opening, kind: "server" } as const;
  const events: AlertEvent[] = [
    { kind: "joined", losses: [], hasOthers: true },
    { kind: "facts", facts },
    { kind: "condition", condition, isOngoing: true },
    { kind: "acknowledged", remark },
    { kind: "withdrawn", actor },
    { kind: "retired", what: "retired DN 7001", remark },
  ];
  it.each(events)("leaves a resolved or missing alert unchanged: $kind", (event) => {
    expect(advance(buildResolvedAlert(), event)).toBeUndefined();
    expect(advance(undefined, event)).toBeUndefined();
  });
});

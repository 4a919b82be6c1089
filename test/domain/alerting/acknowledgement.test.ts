import { describe, expect, it } from "vitest";
import { acknowledge, withdraw } from "../../../lambda/domain/alerting/acknowledgement.ts";
import { remindAt } from "../../../lambda/domain/alerting/due.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { defaultRules } from "../../support/default-rules.ts";

const minute = 60_000_000;
const actor = { author: "crm", tokenId: "token_1" };
const { openedAt } = buildAlert();
const now = openedAt + 180 * minute;
const rules = { ...defaultRules, remindSeconds: 3600 };
const acknowledged = buildAlert({
  status: "acknowledged",
  acknowledgedAt: openedAt + minute,
  acknowledgement: { author: "crm", note: "on it" },
  dueAt: now + 2 * minute,
});

describe("an acknowledgement that is taken back", () => {
  it("leaves an open alert that says who did it, and subscribers are notified", () => {
    const { acknowledgedAt: _, acknowledgement: __, ...open } = acknowledged;
    expect(withdraw(acknowledged, actor, { rules: defaultRules, now })).toStrictEqual({
      alert: {
        ...open,
        status: "open",
        remindedAt: now,
        timeline: [...open.timeline, { at: now, what: "acknowledgement taken back", ...actor }],
      },
      notification: "alert.updated",
    });
  });

  it("lets reminders begin again, the first one interval later", () => {
    const alert = withdraw(acknowledged, actor, { rules, now })?.alert;
    expect(alert && remindAt(alert, rules)).toBe(now + 60 * minute);
    const soon = { ...rules, remindSeconds: 60 };
    expect(withdraw(acknowledged, actor, { rules: soon, now })?.alert.dueAt).toBe(now + minute);
  });

  it("never puts a check off, and plans one where none is planned", () => {
    const { dueAt: _, ...idle } = acknowledged;
    expect(withdraw(acknowledged, actor, { rules, now })?.alert.dueAt).toBe(now + 2 * minute);
    expect(withdraw(idle, actor, { rules, now })?.alert.dueAt).toBe(now + 5 * minute);
  });

  it("must have been there", () => {
    expect(withdraw(buildAlert(), actor, { rules, now })).toBeUndefined();
  });
});

describe("an acknowledgement", () => {
  it("is stored with an empty note where there is none, which older versions can read", () => {
    expect(acknowledge(buildAlert(), actor, now)?.alert.acknowledgement).toEqual({
      author: "crm",
      note: "",
    });
  });

  it("of an older version changes nothing when its author says the same again", () => {
    const remark = { ...actor, note: "on it" };
    expect(acknowledge(acknowledged, remark, now)).toBeUndefined();
    expect(acknowledge(acknowledged, { ...remark, onBehalfOf: "ann" }, now)).toBeDefined();
  });
});

import { describe, expect, it } from "vitest";
import { decideLoss } from "../../../lambda/domain/alerting/decide-loss.ts";
import type { Inhibitor } from "../../../lambda/domain/alerting/inhibitor.ts";
import { alertOf, type LossRecord } from "../../../lambda/domain/alerting/loss.ts";
import type { LossDecision } from "../../../lambda/domain/alerting/loss-decision.ts";
import { confirmClaim, type LossSnapshot } from "../../../lambda/domain/alerting/loss-snapshot.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import {
  buildFormerMember,
  buildHeld,
  buildHeldToTheEnd,
  buildLoss,
  buildMissing,
  buildWaiting,
} from "../../support/build-loss.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { clock, images } from "../../support/status-images.ts";

const b = { application: "bridge-b" };
const lost = unregistered({ errorCode: 59 });
const key = { thisDN: "7001", server: "SIPTS750", lossId: `alert-${lost.id}` };
const at = (seconds: number) => clock + seconds * 1_000_000;
const window: Inhibitor = { heldBy: "window/w1", words: "maintenance window w1" };
const held = buildHeld("window/w1", { ...key, learntAt: clock });
const member = buildMissing("alert-1", {
  ...key,
  reason: {
    category: "configuration",
    evidence: "no ReferenceID; ErrorCode 59: DN is not configured in CME",
  },
});

const decide = (
  seconds: number,
  more: { events?: RegistrationEvent[]; inhibitor?: Inhibitor } & Partial<LossSnapshot> = {},
): LossDecision => {
  const { events = [lost], inhibitor, loss, ...snapshot } = more;
  return decideLoss(
    {
      key,
      status: images(...events).after,
      loss: loss && confirmClaim(loss, more.alert),
      alert: undefined,
      ...snapshot,
    },
    { rules: defaultRules, now: at(seconds), findInhibitor: () => inhibitor },
  );
};
const lossOf = (decision: LossDecision): LossRecord | undefined => {
  if (decision.kind === "alert") return decision.candidate.record;
  return decision.kind === "nothing" ? undefined : decision.loss;
};
const wordsOf = (decision: LossDecision) => lossOf(decision)?.trail.map(({ words }) => words);

describe("decideLoss, of an ongoing loss", () => {
  it("waits for the rest of the hold-down, with a second of tolerance", () => {
    expect(decide(10)).toMatchObject({ kind: "wait", seconds: 20 });
    expect(wordsOf(decide(10))?.at(-1)).toBe("its hold-down is not over");
    expect(decide(29).kind).toBe("alert");
  });

  it("records when it was learnt of where other changes would put it off for ever", () => {
    const waiting = decide(10, {
      events: [registered(b), lost, unregistered({ ...b, referenceID: 3, time: baseTime + 1 })],
    });
    expect(waiting).toMatchObject({
      kind: "wait",
      loss: { state: "waiting", learntAt: clock + 2 },
    });
    const pinned = buildWaiting({ ...key, learntAt: clock - 25_000_000 });
    expect(decide(1, { loss: pinned })).toEqual({ kind: "wait", seconds: 4, loss: undefined });
    expect(decide(5, { loss: pinned })).toMatchObject({
      kind: "alert",
      candidate: { countedAt: clock - 25_000_000 },
    });
  });

  it("alerts when the hold-down is over", () => {
    const decision = decide(30);
    expect(decision).toMatchObject({
      kind: "alert",
      candidate: {
        countedAt: clock,
        claimed: undefined,
        hasFormerAlert: false,
        record: { revision: 1 },
      },
    });
    expect(wordsOf(decision)).toEqual([
      "lost by bridge-a unexpectedly: no ReferenceID; ErrorCode 59: DN is not configured in CME (critical)",
      "still lost when its hold-down of 30 s was over",
    ]);
  });

  it("holds what something holds back, and says so once", () => {
    const decision = decide(30, { inhibitor: window });
    expect(decision).toMatchObject({ kind: "held", loss: { state: "held", heldBy: "window/w1" } });
    expect(wordsOf(decision)?.at(-1)).toBe("held: maintenance window w1");
    expect(decide(40, { loss: held, inhibitor: window })).toEqual({ kind: "nothing" });
    const other = { heldBy: "server", words: "the link is down" };
    expect(decide(40, { loss: held, inhibitor: other })).toMatchObject({
      loss: { heldBy: "server" },
    });
    const ended = buildHeldToTheEnd("window/w1", { ...key, endedAt: clock });
    expect(decide(40, { loss: ended, inhibitor: window }).kind).toBe("held");
  });

  it("alerts a loss that was held as if it was lost when nothing holds it any more", () => {
    const decision = decide(400, { loss: held });
    expect(decision).toMatchObject({ kind: "alert", candidate: { countedAt: at(400) } });
    expect(wordsOf(decision)?.at(-1)).toBe("no longer held, and still lost");
  });

  it("leaves a member of an open alert unchanged, unless it is different now", () => {
    const alert = buildAlert({ alertId: "alert-1" });
    expect(decide(99, { loss: member, alert })).toEqual({ kind: "nothing" });
    const worse = [registered(b), lost, unregistered({ ...b, time: baseTime + 1 })];
    expect(
      decide(99, { loss: { ...member, severity: "warning" }, alert, events: worse }),
    ).toMatchObject({
      kind: "changed",
      loss: { severity: "critical", applications: ["bridge-a", "bridge-b"], alert: member.alert },
    });
  });

  it("holds down what makes a member worse: another application, or that no application is left", () => {
    const alert = buildAlert({ alertId: "alert-1" });
    const both = [lost, unregistered({ ...b, errorCode: 59, time: baseTime - 1 })];
    expect(decide(1, { loss: member, alert, events: both })).toMatchObject({
      kind: "wait",
      seconds: expect.closeTo(29, 3),
    });
    const worse = decide(99, { loss: member, alert, events: both });
    expect(worse).toMatchObject({
      kind: "changed",
      loss: { applications: ["bridge-a", "bridge-b"] },
    });
    expect(wordsOf(worse)?.at(-1)).toBe(
      "now lost by bridge-a and bridge-b unexpectedly: no ReferenceID; ErrorCode 59: DN is not configured in CME (critical)",
    );
    const loss = { ...member, severity: "warning" as const };
    const left = [registered(b), lost, unregistered({ ...b, referenceID: 3, time: baseTime + 1 })];
    expect(decide(1, { loss, alert, events: left }).kind).toBe("wait");
    expect(decide(99, { loss, alert, events: left })).toMatchObject({
      kind: "changed",
      loss: { severity: "critical", applications: ["bridge-a"] },
    });
  });

  it("says nothing of a member's worsening that a window explains", () => {
    const alert = buildAlert({ alertId: "alert-1" });
    const events = [lost, unregistered({ ...b, errorCode: 59, time: baseTime - 1 })];
    expect(decide(99, { loss: member, alert, events, inhibitor: window })).toEqual({
      kind: "nothing",
    });
  });

  it("says at once that a member is lost for another reason", () => {
    const alert = buildAlert({ alertId: "alert-1" });
    const events = [lost, unregistered({ errorCode: 109, time: baseTime + 1 })];
    expect(decide(1, { loss: member, alert, events }).kind).toBe("changed");
  });

  it("says that a member is milder now, hold-down or not", () => {
    const alert = buildAlert({ alertId: "alert-1" });
    const loss = { ...member, applications: ["bridge-a", "bridge-b"] };
    const events = [registered(b), lost];
    expect(decide(1, { loss, alert, events, inhibitor: window })).toMatchObject({
      kind: "changed",
      loss: { severity: "warning", applications: ["bridge-a"], alert: member.alert },
    });
  });

  it("carries through a loss that was claimed for an alert that was not written, whatever holds it now", () => {
    expect(decide(5, { loss: member, inhibitor: window })).toMatchObject({
      kind: "alert",
      candidate: { claimed: member.alert },
    });
  });

  it("alerts a member of a resolved alert again, and says whether that alert has its name", () => {
    const alert = buildAlert({ alertId: key.lossId, status: "resolved" });
    const loss = buildMissing(key.lossId, key);
    expect(decide(99, { loss, alert })).toMatchObject({
      kind: "alert",
      candidate: { claimed: undefined, hasFormerAlert: true },
    });
    expect(decide(99, { loss: member, alert })).toMatchObject({
      candidate: { hasFormerAlert: true },
    });
    const other = buildAlert({ alertId: "alert-1", status: "resolved" });
    expect(decide(99, { loss: member, alert: other })).toMatchObject({
      candidate: { hasFormerAlert: false },
    });
  });

  it("alerts again a loss that was over before it was published", () => {
    expect(
      decide(99, { loss: buildFormerMember("alert-1", { ...key, endedAt: clock }) }),
    ).toMatchObject({
      kind: "alert",
      candidate: { claimed: undefined },
    });
  });

  it("takes a loss that is back under its old name as a new one", () => {
    const loss = buildLoss({ ...key, learntAt: 0 });
    expect(decide(10, { loss }).kind).toBe("wait");
    expect(wordsOf(decide(30, { loss }))).toHaveLength(3);
  });
});

describe("decideLoss, of a loss that is over", () => {
  const events = [lost, registered({ time: baseTime + 5_000_000 })];

  it("records that it was brief", () => {
    const decision = decide(30, { events });
    expect(decision).toMatchObject({
      kind: "ended",
      loss: {
        state: "over",
        as: "brief",
        endedBy: "registered",
        learntAt: clock + 1,
        endedAt: at(30),
        revision: 1,
      },
    });
    expect(wordsOf(decision)).toEqual([
      "lost unexpectedly: no ReferenceID; ErrorCode 59: DN is not configured in CME",
      "registered again within its hold-down of 30 s (after 5 s): no alert was raised",
    ]);
    const late = decide(30, { events: [lost, registered({ time: baseTime + 95_000_000 })] });
    expect(wordsOf(late)?.at(-1)).toBe(
      "registered again before it was decided: no alert was raised",
    );
  });

  it("ends a held loss, and one that was held for its hold-down was brief", () => {
    expect(decide(30, { events, loss: held })).toMatchObject({
      loss: { state: "over", as: "held", heldBy: "window/w1", revision: 2, decidedAt: at(30) },
    });
    const pinned = buildWaiting(key);
    expect(decide(30, { events, loss: pinned })).toMatchObject({ loss: { as: "brief" } });
  });

  it("ends a member of its alert, and removes one from an alert that was never written", () => {
    const alert = buildAlert({ alertId: "alert-1" });
    expect(decide(30, { events, loss: member, alert })).toMatchObject({
      loss: { as: "member", alert: member.alert, decidedAt: member.decidedAt, endedAt: at(30) },
    });
    const unwritten = decide(30, { events, loss: member });
    expect(unwritten).toMatchObject({ kind: "ended", loss: { as: "brief" } });
    expect(unwritten.kind === "ended" && alertOf(unwritten.loss)).toBeUndefined();
    expect(lossOf(unwritten)).not.toHaveProperty("alert");
  });

  it.each([
    buildLoss({ ...key, endedAt: clock }),
    buildHeldToTheEnd("server", { ...key, endedAt: clock }),
    buildFormerMember("alert-1", { ...key, endedAt: clock }),
  ])("leaves unchanged what is recorded as over: $as", (loss) => {
    expect(decide(30, { events, loss })).toEqual({ kind: "nothing" });
  });

  it("decides nothing about a DN that has no status", () => {
    expect(decide(30, { status: undefined })).toEqual({ kind: "nothing" });
  });
});

import { describe, expect, it, vi } from "vitest";
import type { AlertEvent, AlertOpening } from "../../lambda/domain/alerting/advance-alert.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import type { AlertRules } from "../../lambda/domain/rules.ts";
import type { WriteAlert } from "../../lambda/ports/alerts.ts";
import type { RequestEvaluation } from "../../lambda/ports/evaluation.ts";
import type { EmitMetrics } from "../../lambda/ports/telemetry.ts";
import { createWriteAlerts, type DescribeAlert } from "../../lambda/use-cases/write-alerts.ts";
import { textOf } from "../support/alert-texts.ts";
import { buildAlert, buildResolvedAlert } from "../support/build-alert.ts";
import { baseTime } from "../support/build-event.ts";
import { defaultRules } from "../support/default-rules.ts";

const second = 1_000_000;
const now = baseTime + 60 * second;

/**
 * The driver; the first `conflicts` writes come too late. Its clock stands still, or goes on by `step` at each reading.
 */
const createHarness = ({ conflicts = 0, rules = {}, step = 0 }: HarnessOptions = {}) => {
  let left = conflicts;
  let time = now - step;
  const writeAlert = vi.fn<WriteAlert>(async () => {
    left -= 1;
    return left >= 0 ? "conflict" : "written";
  });
  const requestEvaluation = vi.fn<RequestEvaluation>(async () => {});
  const emitMetrics = vi.fn<EmitMetrics>();
  const describeAlert = vi.fn<DescribeAlert>(async ({ alert }) => ({
    ...alert,
    text: textOf("described"),
  }));
  const ports = {
    writeAlert,
    requestEvaluation,
    emitMetrics,
    rules: { ...defaultRules, ...rules },
    now: () => {
      time += step;
      return time;
    },
  };
  const alerts = createWriteAlerts(ports, describeAlert);
  return {
    alerts,
    ports,
    describeAlert,
    /** Advances a stored alert by an event. */
    advance: (before: Alert | undefined, event: AlertEvent | undefined) =>
      alerts.advance({ read: async () => before, toEvent: () => event }),
    written: () => writeAlert.mock.calls.map(([alert]) => alert),
    requests: () => requestEvaluation.mock.calls.flatMap(([some]) => some),
    metrics: () => emitMetrics.mock.calls.flatMap(([some]) => some),
  };
};
type HarnessOptions = { conflicts?: number; rules?: Partial<AlertRules>; step?: number };

const remark = { author: "crm", tokenId: "token_1", note: "on it" };
const acknowledged = { kind: "acknowledged", remark } as const;
const retired = { kind: "retired", what: "retired DN 7001", remark } as const;
const factsOf = (isOngoing: boolean): AlertEvent => ({
  kind: "facts",
  facts: { isOngoing, relapses: 0, severity: "critical", count: 1 },
});
/** An alert that is over as soon as it is checked. */
const quiet = buildAlert({ revision: 7, quietSince: now - 300 * second });
const { subject, number, alertId, kind, server, severity, text, count } = buildAlert();
const opening: AlertOpening = {
  subject,
  number,
  alertId,
  kind,
  server,
  severity,
  text,
  count,
  dns: [],
  causes: [],
  customers: [],
};
const opened = { name: "AlertsOpened", value: 1, unit: "Count" };
const resolved = { name: "AlertsResolved", value: 1, unit: "Count" };

describe("advancing a stored alert", () => {
  it("writes it once, as the next revision, without what was notified before", async () => {
    const { advance, written } = createHarness();
    const before = buildAlert({ revision: 7, notice: "alert.opened" });
    const entry = { at: now, what: "retired DN 7001", ...remark };
    const after = {
      ...before,
      revision: 8,
      notice: undefined,
      timeline: [...before.timeline, entry],
    };
    expect(await advance(before, retired)).toEqual(after);
    expect(written()).toEqual([after]);
    expect(written()[0]?.notice).toBeUndefined();
  });

  it("reads, advances and writes again when another writer came in between", async () => {
    const { alerts, written, metrics, requests } = createHarness({ conflicts: 1 });
    const stored = [buildAlert({ revision: 7 }), buildAlert({ revision: 8, severity: "warning" })];
    const seen: (number | undefined)[] = [];
    const after = await alerts.advance({
      read: async () => stored.shift(),
      toEvent: async (alert) => {
        seen.push(alert?.revision);
        return acknowledged;
      },
    });
    expect(seen).toEqual([7, 8]);
    expect(written()).toMatchObject([
      { revision: 8, severity: "critical" },
      { revision: 9, severity: "warning" },
    ]);
    expect(after).toEqual(written()[1]);
    expect([metrics(), requests()]).toEqual([[], []]);
  });

  it("uses what is stored then: what has happened may have been written meanwhile", async () => {
    const { alerts, written } = createHarness({ conflicts: 1 });
    const done = buildResolvedAlert({ revision: 8 });
    const stored = [quiet, done];
    const read = async () => stored.shift();
    expect(await alerts.advance({ read, toEvent: () => factsOf(false) })).toBe(done);
    expect(written()).toHaveLength(1);
  });

  it("gives up when other writers come first 20 times in a row", async () => {
    const { advance, written, metrics, requests } = createHarness({ conflicts: 99 });
    await expect(advance(quiet, factsOf(false))).rejects.toThrow(
      "others wrote an alert 20 times in a row",
    );
    expect(written()).toHaveLength(20);
    expect([metrics(), requests()]).toEqual([[], []]);
  });

  it.each<[string, Alert | undefined, AlertEvent | undefined]>([
    ["nothing has happened", buildAlert(), undefined],
    ["there is no alert, and nothing has happened", undefined, undefined],
    ["there is no alert that could be acknowledged", undefined, acknowledged],
    ["it is resolved", buildResolvedAlert(), retired],
    [
      "it was acknowledged with the same note already",
      buildAlert({ acknowledgement: remark }),
      acknowledged,
    ],
    ["its DN is missing as before", buildAlert(), factsOf(true)],
  ])("returns it unchanged, and writes nothing, where %s", async (_, before, event) => {
    const { advance, written, metrics, requests, describeAlert } = createHarness();
    expect(await advance(before, event)).toBe(before);
    expect([written(), metrics(), requests()]).toEqual([[], [], []]);
    expect(describeAlert).not.toHaveBeenCalled();
  });

  it("opens one where that is what has happened", async () => {
    const { advance, written } = createHarness();
    const after = await advance(undefined, { kind: "opened", opening });
    expect(after).toMatchObject({ ...opening, revision: 1, status: "open", openedAt: now });
    expect(written()).toEqual([after]);
  });
});

describe("opening an alert", () => {
  it("writes its first revision, of which subscribers are notified", async () => {
    const { alerts, written } = createHarness();
    expect(await alerts.open(opening)).toBe("written");
    expect(written()).toMatchObject([{ ...opening, revision: 1, notice: "alert.opened" }]);
  });

  it("answers conflict where another evaluator has opened one under its key, and does not try again", async () => {
    const { alerts, written, metrics, requests } = createHarness({ conflicts: 1 });
    expect(await alerts.open(opening)).toBe("conflict");
    expect(written()).toHaveLength(1);
    expect([metrics(), requests()]).toEqual([[], []]);
  });
});

describe("the metrics of alerts", () => {
  it.each<[string, Alert | undefined, AlertEvent, object[]]>([
    ["opened", undefined, { kind: "opened", opening }, [opened]],
    ["resolved", quiet, factsOf(false), [resolved]],
    ["acknowledged", buildAlert(), acknowledged, []],
    ["given a note", buildAlert(), retired, []],
    [
      "published as flapping",
      buildAlert(),
      { kind: "facts", facts: { isOngoing: true, relapses: 3, severity: "critical", count: 1 } },
      [],
    ],
  ])("count those that are opened and resolved: %s", async (_, before, event, expected) => {
    const { advance, written, metrics } = createHarness();
    await advance(before, event);
    expect(written()).toHaveLength(1);
    expect(metrics()).toEqual(expected);
  });
});

describe("the evaluator's queue", () => {
  it.each<[string, Partial<AlertRules>, number, number]>([
    ["when it is due, in whole seconds", { lookAgainSeconds: 12.3 }, 0, 13],
    ["at once where it is due", { lookAgainSeconds: 0 }, 0, 0],
    ["at once where it is overdue", { lookAgainSeconds: 1 }, 5 * second, 0],
    ["after as long as the queue can wait", { lookAgainSeconds: 3600 }, 0, 900],
  ])("delivers an alert again %s", async (_, rules, step, delaySeconds) => {
    const { alerts, requests } = createHarness({ rules, step });
    await alerts.open(opening);
    expect(requests()).toEqual([{ message: { kind: "alert", subject, number }, delaySeconds }]);
  });

  it("gets another request where the alert is due at another time", async () => {
    const { advance, written, requests } = createHarness();
    const before = buildAlert({ dueAt: now + 250 * second });
    await advance(before, factsOf(false));
    expect(written()).toMatchObject([{ quietSince: now, dueAt: now + 300 * second }]);
    expect(requests()).toMatchObject([{ delaySeconds: 300 }]);
  });

  it.each<[string, AlertEvent]>([
    ["is due when it was before", retired],
    ["is no longer due", factsOf(false)],
  ])("gets no request for an alert that %s", async (_, event) => {
    const { advance, written, requests } = createHarness();
    await advance(quiet, event);
    expect(written()).toHaveLength(1);
    expect(requests()).toEqual([]);
  });
});

describe("what an alert's message says", () => {
  it("is described again where subscribers of an open alert are notified again, and is written so", async () => {
    const { advance, written, describeAlert } = createHarness();
    const after = await advance(quiet, factsOf(false));
    expect(describeAlert.mock.calls).toMatchObject([
      [{ alert: { status: "resolved" }, notification: "alert.resolved", reason: "resolved" }],
    ]);
    expect(after).toMatchObject({
      text: textOf("described"),
      revision: 8,
      notice: "alert.resolved",
    });
    expect(written()).toEqual([after]);
  });

  it.each<[string, Alert | undefined, AlertEvent]>([
    ["is opened", undefined, { kind: "opened", opening }],
    ["is acknowledged", buildAlert(), acknowledged],
    ["gets a note", buildAlert(), retired],
    ["is quiet, but not over", buildAlert(), factsOf(false)],
  ])("stays as it is where one %s", async (_, before, event) => {
    const { advance, written, describeAlert } = createHarness();
    await advance(before, event);
    expect(describeAlert).not.toHaveBeenCalled();
    expect(written()).toMatchObject([{ text: buildAlert().text }]);
  });

  it("stays as it is where no description is configured", async () => {
    const { ports, written } = createHarness();
    const alerts = createWriteAlerts(ports);
    await alerts.advance({ read: async () => quiet, toEvent: () => factsOf(false) });
    expect(written()).toMatchObject([{ status: "resolved", text: quiet.text }]);
  });
});

import { describe, expect, it } from "vitest";
import type { MaintenanceWindow } from "../../../lambda/domain/alerting/maintenance-window.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { createReconcileCondition } from "../../../lambda/use-cases/evaluate/reconcile-condition.ts";
import { readHeadline, textOf } from "../../support/alert-texts.ts";
import {
  at,
  connectionOf,
  createWatchingHarness,
  rulesWith,
} from "../../support/watching-harness.ts";

const windowOf = (changes: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  id: "w",
  server: "SIPTS750",
  start: at(-3600),
  end: at(700),
  reason: "switch exchange",
  author: "ann",
  createdAt: at(-3600),
  ...changes,
});
const linkDown = { linkDown: { at: at(10), heardAt: at(11) }, seenAt: at(190) };

/** Evaluates bridge-a's connection while windows are planned: what is wrong, and whether that may open an alert. */
const evaluate = async (connection: Partial<Connection>, ...windows: MaintenanceWindow[]) => {
  const harness = createWatchingHarness();
  harness.put(connectionOf(connection));
  for (const window of windows) await harness.alerting.putWindow(window);
  harness.clock.now = at(200);
  await harness.evaluateConnection(connectionOf());
  const wrong = harness.reconciled
    .filter(({ isOngoing }) => isOngoing)
    .map(({ condition, mayOpen }) => [readHeadline(condition.text), mayOpen]);
  const delays = harness.alerting.requests
    .filter(({ message }) => message.kind === "connection")
    .map(({ delaySeconds }) => delaySeconds);
  return { wrong, delays };
};
const link = "bridge-a reports the CTI link down since 02:58 UTC";
const silent = "bridge-a silent since 02:58 UTC";

describe("planned work on a whole server", () => {
  it("keeps its link's alert from being opened until its end", async () => {
    expect(await evaluate(linkDown, windowOf())).toEqual({ wrong: [[link, false]], delays: [500] });
  });

  it("is planned by a window over everything, too", async () => {
    const everything = windowOf({ server: undefined, everything: true });
    expect(await evaluate(linkDown, everything)).toEqual({ wrong: [[link, false]], delays: [500] });
    const { wrong } = await evaluate(linkDown, { ...everything, end: at(200) });
    expect(wrong).toEqual([[link, true]]);
  });

  it("begins with its first moment", async () => {
    const { wrong } = await evaluate(linkDown, windowOf({ start: at(200) }));
    expect(wrong).toEqual([[link, false]]);
  });

  it("keeps an alert from being opened at the very moment at which it is due", async () => {
    const down = { ...linkDown, linkDown: { at: at(170), heardAt: at(170) } };
    expect(await evaluate(down, windowOf())).toEqual({
      wrong: [["bridge-a reports the CTI link down since 03:00 UTC", false]],
      delays: [500],
    });
  });

  it("keeps a silent bridge's alert from being opened", async () => {
    expect(await evaluate({}, windowOf())).toEqual({ wrong: [[silent, false]], delays: [500] });
  });

  it("lasts until the last window that covers now ends, and the next check waits 900 seconds at most", async () => {
    const { delays } = await evaluate({}, windowOf(), windowOf({ id: "v", end: at(9000) }));
    expect(delays).toEqual([900]);
  });

  it.each<[string, Partial<MaintenanceWindow>]>([
    ["another server", { server: "SIPTS751" }],
    ["no server", { server: undefined, prefix: "7" }],
    ["some DNs of it", { thisDNs: ["7001"] }],
    ["a prefix of it", { prefix: "7" }],
    ["it, later", { start: at(201) }],
    ["it, until now", { end: at(200) }],
  ])("is not a window over %s", async (_, changes) => {
    expect(await evaluate(linkDown, windowOf(changes))).toEqual({
      wrong: [[link, true]],
      delays: [],
    });
  });

  it("holds no other alert back: its bridge is blind", async () => {
    const blind = { cause: "rejected" as const, since: at(0), lastAt: at(190), detail: "d" };
    const { wrong } = await evaluate({ seenAt: at(190), blind }, windowOf());
    expect(wrong).toEqual([
      [
        "nothing that bridge-a sends gets through since 02:58 UTC: all its events are rejected (d)",
        true,
      ],
    ]);
  });

  it("opens nothing, and lets open alerts continue and end", async () => {
    const { alerting, store } = createWatchingHarness();
    const clock = { now: at(0) };
    const reconcile = createReconcileCondition({
      ...store,
      ...alerting,
      emitMetrics: () => {},
      hash: (text) => text,
      now: () => clock.now,
      rules: rulesWith(),
    });
    const condition = {
      subject: "s",
      kind: "server" as const,
      server: "SIPTS750",
      severity: "warning" as const,
      text: textOf("down"),
    };
    const alerts = () => [...alerting.alerts.values()].map(({ status }) => status);
    await reconcile(condition, true, false);
    expect(alerts()).toEqual([]);
    await reconcile(condition, true);
    await reconcile({ ...condition, severity: "critical" }, true, false);
    expect([...alerting.alerts.values()]).toMatchObject([{ severity: "critical" }]);
    await reconcile(condition, false, false);
    clock.now = at(300);
    await reconcile(condition, false, false);
    expect(alerts()).toEqual(["resolved"]);
  });
});

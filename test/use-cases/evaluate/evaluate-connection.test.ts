import { describe, expect, it, vi } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { readHeadline } from "../../support/alert-texts.ts";
import {
  at,
  connectionOf,
  createWatchingHarness,
  rulesWith,
} from "../../support/watching-harness.ts";

const occurrence = (seconds: number) => ({ at: at(seconds), heardAt: at(seconds) });
const message = { kind: "connection", server: "SIPTS750", application: "bridge-a" };

/** Evaluates bridge-a's connection at a time, beside connections of other bridges. */
const evaluate = async (
  seconds: number,
  changes: Partial<Connection> = {},
  others: readonly Partial<Connection>[] = [],
  rules = rulesWith(),
) => {
  const harness = createWatchingHarness(rules);
  for (const one of [changes, ...others]) harness.put(connectionOf(one));
  harness.clock.now = at(seconds);
  await harness.evaluateConnection(connectionOf());
  const conditionsOf = (isOngoing: boolean) =>
    harness.reconciled
      .filter((one) => one.isOngoing === isOngoing)
      .map(({ condition }) => condition);
  return { ...harness, wrong: conditionsOf(true), right: conditionsOf(false) };
};

describe("evaluating a connection", () => {
  it("finds nothing wrong with a healthy one, and releases what was held", async () => {
    const { wrong, right, released, alerting } = await evaluate(100);
    expect(wrong).toEqual([]);
    expect(right.map(({ subject }) => subject)).toEqual([
      subjects.server("SIPTS750"),
      subjects.bridge("SIPTS750", "bridge-a", "silent"),
      subjects.bridge("SIPTS750", "bridge-a", "mismatch"),
      subjects.bridge("SIPTS750", "bridge-a", "blind"),
      subjects.bridge("SIPTS750", "bridge-a", "serverClock"),
    ]);
    expect(released).toEqual(["SIPTS750"]);
    expect(alerting.requests).toEqual([]);
  });

  it("does nothing where there is no connection", async () => {
    const harness = createWatchingHarness();
    await harness.evaluateConnection(connectionOf());
    expect(harness.reconciled).toEqual([]);
    expect(harness.alerting.requests).toEqual([]);
  });

  it("holds an outage down, neither alerting it nor ending its alert, and checks again then", async () => {
    const { wrong, right, released, alerting } = await evaluate(10, { linkDown: occurrence(0) });
    expect(wrong).toEqual([]);
    expect(right.map(({ kind }) => kind)).toEqual(["bridge", "bridge", "bridge", "bridge"]);
    expect(released).toEqual([]);
    expect(alerting.requests).toEqual([{ message, delaySeconds: 20 }]);
  });

  it("alerts a link that stays down, critical because no application sees calls", async () => {
    const { wrong, alerting } = await evaluate(30, { linkDown: occurrence(0) }, [
      { application: "bridge-b" },
    ]);
    expect(alerting.requests).toEqual([]);
    expect(wrong).toMatchObject([
      {
        subject: subjects.server("SIPTS750"),
        kind: "server",
        server: "SIPTS750",
        severity: "critical",
      },
    ]);
    expect(wrong.map(({ text }) => readHeadline(text))).toEqual([
      "bridge-a reports the CTI link down since 02:58 UTC",
    ]);
    expect(wrong[0]).not.toHaveProperty("application");
  });

  it("waits as long as the server's own hold-down", async () => {
    const holdDowns = [
      { prefix: "7", seconds: 1 },
      { server: "SIPTS750", seconds: 300 },
    ];
    const rules = rulesWith({ holdDowns });
    const { wrong, alerting } = await evaluate(60, { linkDown: occurrence(0) }, [], rules);
    expect(wrong).toEqual([]);
    expect(alerting.requests).toEqual([{ message, delaySeconds: 240 }]);
  });

  it.each<[string, Partial<Connection>[], string]>([
    [
      "warning while another bridge is connected",
      [{ application: "bridge-b", seenAt: at(30) }],
      "warning",
    ],
    [
      "critical where the other is silent",
      [{ application: "bridge-b", seenAt: at(-200) }],
      "critical",
    ],
    [
      "critical where the other stopped",
      [{ application: "bridge-b", closedAt: at(1) }],
      "critical",
    ],
    [
      "critical where the other lost it, too",
      [{ application: "bridge-b", serverDown: occurrence(20) }],
      "critical",
    ],
    ["critical where there is no other", [], "critical"],
  ])("alerts a lost server: %s", async (_, others, severity) => {
    const { wrong } = await evaluate(30, { serverDown: occurrence(0) }, others);
    expect(wrong).toMatchObject([{ kind: "server", severity }]);
    const meaning = severity === "warning" ? "still seen by bridge-b" : "no bridge is left";
    expect(wrong.map(({ text }) => readHeadline(text))[0]).toContain(meaning);
  });

  it("alerts a silent bridge at once, starts to mark its registrations and releases nothing", async () => {
    const { wrong, released, alerting, connection } = await evaluate(181);
    expect(wrong).toMatchObject([
      { kind: "bridge", application: "bridge-a", severity: "critical" },
    ]);
    expect(released).toEqual([]);
    expect(alerting.requests).toMatchObject([{ message: { kind: "sweep" }, delaySeconds: 0 }]);
    expect(connection()).toMatchObject({ silentSince: at(0), revision: 2 });
  });

  it("alerts a difference that lasts, as a warning", async () => {
    const numbers = { registered: { count: 2, heardAt: at(300) }, mismatchSince: at(0) };
    const { wrong } = await evaluate(300, { ...numbers, seenAt: at(300) });
    expect(wrong).toMatchObject([
      { subject: subjects.bridge("SIPTS750", "bridge-a", "mismatch"), severity: "warning" },
    ]);
    const early = await evaluate(200, { ...numbers, seenAt: at(200) });
    expect(early.wrong).toEqual([]);
    expect(early.alerting.requests).toEqual([{ message, delaySeconds: 100 }]);
  });

  it("alerts a blind bridge", async () => {
    const blind = { cause: "rejected" as const, since: at(0), lastAt: at(180), detail: "d" };
    const { wrong } = await evaluate(180, { seenAt: at(180), blind });
    expect(wrong).toMatchObject([{ severity: "critical" }]);
    expect(wrong.map(({ text }) => readHeadline(text))[0]).toContain("(d)");
  });

  it("requests its next check in 900 seconds at most, because SQS allows no longer delay", async () => {
    const stale = { since: at(0), cause: "reconnect" as const, renewBy: at(5000), done: false };
    const { alerting } = await evaluate(10, { stale });
    expect(alerting.requests).toEqual([{ message, delaySeconds: 900 }]);
    const seen = await evaluate(10, { stale: { ...stale, done: true } });
    expect(seen.alerting.requests).toEqual([]);
  });

  it("checks again when the first of several times is reached", async () => {
    const stale = { since: at(0), cause: "reconnect" as const, renewBy: at(300), done: false };
    const { alerting } = await evaluate(10, { stale, serverDown: occurrence(0) });
    expect(alerting.requests).toEqual([{ message, delaySeconds: 20 }]);
    const soon = await evaluate(10, {
      stale: { ...stale, renewBy: at(25) },
      serverDown: occurrence(0),
    });
    expect(soon.alerting.requests).toEqual([{ message, delaySeconds: 15 }]);
  });

  it("reads and plans again where another writer came first, and gives up in the end", async () => {
    const harness = createWatchingHarness();
    harness.put(connectionOf());
    harness.clock.now = at(200);
    harness.readConnection.mockImplementationOnce(async () => connectionOf({ revision: 0 }));
    await harness.evaluateConnection(connectionOf());
    expect(harness.connection()).toMatchObject({ silentSince: at(0), revision: 2 });
    expect(harness.alerting.requests).toHaveLength(1);
    harness.readConnection.mockImplementation(async () => connectionOf({ revision: 0 }));
    await expect(harness.evaluateConnection(connectionOf())).rejects.toThrow("20 times");
  });

  it("fails when its alert cannot be written", async () => {
    const harness = createWatchingHarness();
    harness.put(connectionOf());
    vi.spyOn(harness.reconciled, "push").mockImplementation(() => {
      throw new Error("busy");
    });
    await expect(harness.evaluateConnection(connectionOf())).rejects.toThrow("busy");
  });
});

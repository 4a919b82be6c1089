import { describe, expect, it, vi } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import {
  createScheduledRun,
  needsEvaluation,
} from "../../../lambda/use-cases/evaluate/scheduled-run.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const createParts = () => ({
  ports: {
    readAllConnections: vi.fn(async () => [
      connectionOf({ seenAt: at(99) }),
      connectionOf({ seenAt: at(-500), application: "bridge-b" }),
      connectionOf({ seenAt: at(-500), application: "bridge-c" }),
    ]),
    readDueAlerts: vi.fn(async () => [
      { subject: "a", number: 1 },
      { subject: "b", number: 2 },
    ]),
    emitMetrics: vi.fn(),
    readLiveKeys: vi.fn(async (_: unknown) => undefined),
    rules: rulesWith(),
    now: () => at(100),
  },
  work: {
    evaluateConnection: vi.fn(async (_: unknown) => {}),
    settleAlert: vi.fn(async (_: unknown) => {}),
    releaseHeld: vi.fn(async (_: unknown) => {}),
    findUndecided: vi.fn(async (_: unknown) => {}),
    reconcileCondition: vi.fn(async (_: unknown) => {}),
  },
});

describe("the scheduled run", () => {
  it("evaluates what is wrong, settles what is due, releases what is held and finds what is undecided", async () => {
    const { ports, work } = createParts();
    await createScheduledRun(ports, work)(true);
    expect(work.evaluateConnection.mock.calls).toMatchObject([
      [{ application: "bridge-b" }],
      [{ application: "bridge-c" }],
    ]);
    expect(ports.readDueAlerts).toHaveBeenCalledWith(at(100), 500);
    expect(work.settleAlert.mock.calls).toEqual([
      [{ subject: "a", number: 1 }],
      [{ subject: "b", number: 2 }],
    ]);
    expect(work.releaseHeld.mock.calls).toEqual([[undefined]]);
    expect(work.findUndecided.mock.calls).toEqual([[true]]);
  });

  it("asks for the newest live keys, so that what a revoked one said ends with it", async () => {
    const { ports, work } = createParts();
    await createScheduledRun(ports, work)(false);
    expect(ports.readLiveKeys.mock.calls).toEqual([[{ reload: true }]]);
  });

  it("counts the servers that are known: each once, and none that is retired", async () => {
    const { ports, work } = createParts();
    ports.readAllConnections.mockResolvedValue([
      connectionOf(),
      connectionOf({ application: "bridge-b", retiredAt: at(0) }),
      connectionOf({ server: "SIPTS751", retiredAt: at(0) }),
      connectionOf({ server: "SIPTS752" }),
    ]);
    await createScheduledRun(ports, work)(false);
    expect(ports.emitMetrics.mock.calls).toEqual([
      [[{ name: "ServersKnown", value: 2, unit: "Count" }]],
    ]);
  });

  it.each(["readAllConnections", "readDueAlerts", "releaseHeld", "findUndecided"] as const)(
    "tries everything else when %s fails, and then fails",
    async (name) => {
      const { ports, work } = createParts();
      const { readAllConnections, readDueAlerts } = ports;
      const { releaseHeld, findUndecided } = work;
      const parts = { readAllConnections, readDueAlerts, releaseHeld, findUndecided };
      parts[name].mockRejectedValue(new Error("busy"));
      await expect(createScheduledRun(ports, work)(false)).rejects.toThrow(
        "a part of the scheduled run failed",
      );
      for (const part of Object.values(parts)) expect(part).toHaveBeenCalledOnce();
    },
  );

  it("tries every connection and every alert when one fails", async () => {
    const { ports, work } = createParts();
    work.evaluateConnection.mockRejectedValueOnce(new Error("busy"));
    work.settleAlert.mockRejectedValueOnce(new Error("busy"));
    await expect(createScheduledRun(ports, work)(false)).rejects.toThrow();
    expect(work.evaluateConnection).toHaveBeenCalledTimes(2);
    expect(work.settleAlert).toHaveBeenCalledTimes(2);
  });

  it.each<[string, Partial<Connection>, boolean]>([
    ["nothing is wrong", {}, false],
    ["a bridge is silent", { seenAt: at(-100) }, true],
    ["it is heard again", { silentSince: at(-500) }, true],
    ["a link is down", { linkDown: { at: at(1), heardAt: at(1) } }, true],
    ["the numbers differ", { mismatchSince: at(1) }, true],
    [
      "a bridge is blind",
      { blind: { cause: "clock", since: at(-181), lastAt: at(0), detail: "" } },
      true,
    ],
    ["it had trouble once", { blind: { cause: "clock", since: at(1), detail: "" } }, false],
    ["the numbers were never compared", { registered: { count: 1, heardAt: at(1) } }, true],
    [
      "renewals are over",
      { stale: { since: at(0), cause: "reconnect", renewBy: at(100), done: false } },
      true,
    ],
    [
      "a sweep is stuck",
      { sweeps: [{ id: "s", purpose: { kind: "mark", stale: true }, progressAt: at(-20) }] },
      true,
    ],
    [
      "a sweep makes progress",
      { sweeps: [{ id: "s", purpose: { kind: "mark", stale: true }, progressAt: at(-19) }] },
      false,
    ],
  ])("evaluates a connection or not where %s", (_, changes, expected) => {
    const connection = connectionOf({ seenAt: at(90), ...changes });
    const moment = { live: undefined, now: at(100) };
    expect(needsEvaluation(connection, rulesWith(), moment)).toBe(expected);
  });
});

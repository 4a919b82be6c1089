import { describe, expect, it, vi } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { createScheduledRun, needsLook } from "../../../lambda/use-cases/evaluate/scheduled-run.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const createPorts = () => ({
  readAllConnections: vi.fn(async () => [
    connectionOf({ seenAt: at(99) }),
    connectionOf({ seenAt: at(-500), application: "bridge-b" }),
    connectionOf({ seenAt: at(-500), application: "bridge-c" }),
  ]),
  evaluateConnection: vi.fn(async (_: unknown) => {}),
  readDueAlerts: vi.fn(async () => [
    { subject: "a", number: 1 },
    { subject: "b", number: 2 },
  ]),
  settleAlert: vi.fn(async (_: unknown) => {}),
  releaseHeld: vi.fn(async (_: unknown) => {}),
  findUndecided: vi.fn(async (_: unknown) => {}),
  rules: rulesWith(),
  now: () => at(100),
});

describe("the schedule's minute", () => {
  it("looks at what is wrong, settles what is due, releases what is held and finds what is undecided", async () => {
    const ports = createPorts();
    await createScheduledRun(ports)(true);
    expect(ports.evaluateConnection.mock.calls).toMatchObject([
      [{ application: "bridge-b" }],
      [{ application: "bridge-c" }],
    ]);
    expect(ports.readDueAlerts).toHaveBeenCalledWith(at(100), 500);
    expect(ports.settleAlert.mock.calls).toEqual([
      [{ subject: "a", number: 1 }],
      [{ subject: "b", number: 2 }],
    ]);
    expect(ports.releaseHeld.mock.calls).toEqual([[undefined]]);
    expect(ports.findUndecided.mock.calls).toEqual([[true]]);
  });

  it.each(["readAllConnections", "readDueAlerts", "releaseHeld", "findUndecided"] as const)(
    "tries all else when %s fails, and then fails",
    async (name) => {
      const ports = createPorts();
      ports[name].mockRejectedValue(new Error("busy"));
      await expect(createScheduledRun(ports)(false)).rejects.toThrow(
        "a part of the minute's work failed",
      );
      const { readAllConnections, readDueAlerts, releaseHeld, findUndecided } = ports;
      for (const part of [readAllConnections, readDueAlerts, releaseHeld, findUndecided])
        expect(part).toHaveBeenCalledOnce();
    },
  );

  it("tries every connection and every alert when one fails", async () => {
    const ports = createPorts();
    ports.evaluateConnection.mockRejectedValueOnce(new Error("busy"));
    ports.settleAlert.mockRejectedValueOnce(new Error("busy"));
    await expect(createScheduledRun(ports)(false)).rejects.toThrow();
    expect(ports.evaluateConnection).toHaveBeenCalledTimes(2);
    expect(ports.settleAlert).toHaveBeenCalledTimes(2);
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
      "a sweep comes on",
      { sweeps: [{ id: "s", purpose: { kind: "mark", stale: true }, progressAt: at(-19) }] },
      false,
    ],
  ])("looks at a connection or not where %s", (_, changes, expected) => {
    expect(needsLook(connectionOf({ seenAt: at(90), ...changes }), rulesWith(), at(100))).toBe(
      expected,
    );
  });
});

import { describe, expect, it } from "vitest";
import { subjects } from "../../../lambda/domain/alerting/alert.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { createIsConditionOngoing } from "../../../lambda/use-cases/evaluate/is-condition-ongoing.ts";
import { buildAlert } from "../../support/build-alert.ts";
import { connectionMapKey, createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const ask = async (
  connection: Partial<Connection>,
  subject: string,
  kind: "server" | "bridge" | "dn",
) => {
  const alerting = createInMemoryAlerting();
  const stored = connectionOf(connection);
  alerting.connections.set(connectionMapKey(stored), stored);
  const isOngoing = createIsConditionOngoing({
    ...alerting,
    rules: rulesWith(),
    now: () => at(100),
  });
  return isOngoing(buildAlert({ subject, kind }));
};
const bridge = (condition: string, application = "bridge-a") =>
  subjects.bridge("SIPTS750", application, condition);
const reading = { startTime: "1", sequenceNumber: 2, time: at(0), maxTime: at(10) };
const serverClock = { ...reading, back: { at: at(10), until: at(110), by: 10_000_000 } };
const linkDown = { at: at(99), heardAt: at(99) };

describe("whether a condition is still ongoing", () => {
  it.each<[string, Partial<Connection>, string, "server" | "bridge" | "dn", boolean]>([
    ["a link is down, however briefly", { linkDown }, subjects.server("SIPTS750"), "server", true],
    ["nothing is down", {}, subjects.server("SIPTS750"), "server", false],
    ["a bridge is silent", { seenAt: at(-100) }, bridge("silent"), "bridge", true],
    ["it is heard", {}, bridge("silent"), "bridge", false],
    [
      "it is silent, but holds as many DNs",
      { seenAt: at(-100) },
      bridge("mismatch"),
      "bridge",
      false,
    ],
    ["a T-Server's clock is back", { serverClock }, bridge("serverClock"), "bridge", true],
    ["it is back, but the bridge gets through", { serverClock }, bridge("blind"), "bridge", false],
    ["it is no longer known", {}, bridge("silent", "bridge-b"), "bridge", false],
    ["a bridge names few T-Servers", {}, subjects.bridge("", "bridge-a", "names"), "bridge", false],
    ["it is about a DN", { linkDown }, subjects.dn("SIPTS750", "7001"), "dn", false],
  ])("is answered where %s", async (_, connection, subject, kind, expected) => {
    expect(await ask(connection, subject, kind)).toBe(expected);
  });

  it("is not answered for a subject that is not a server's or a bridge's", async () => {
    await expect(ask({}, bridge("noise"), "bridge")).rejects.toThrow("Invalid");
  });
});

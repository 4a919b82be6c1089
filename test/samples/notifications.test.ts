import { describe, expect, it } from "vitest";
import { type AlertNotification, findBroken } from "../../samples/scenarios/notifications.ts";
import { scenarios } from "../../samples/scenarios/scenarios.ts";

const given = (changes: Partial<AlertNotification> = {}): AlertNotification => ({
  type: "alert.opened",
  kind: "dn",
  server: "S1",
  severity: "critical",
  count: 1,
  title: "OPEN S1: bridge-a lost 2 DNs at 02:58 UTC",
  ...changes,
});
const promised = [
  {
    type: "alert.opened",
    server: "S1",
    kind: "dn",
    severity: "critical",
    title: "OPEN S1: bridge-a lost 2 DNs at hh:mm UTC",
  },
  { type: "alert.resolved", server: "S1", kind: "dn", count: 1 },
] as const;
const resolved = given({ type: "alert.resolved" });

describe("findBroken", () => {
  const find = (...notifications: AlertNotification[]) =>
    findBroken({ servers: ["S1"], promised }, notifications);

  it("finds nothing where everything came in its order, whatever other servers told", () => {
    expect(find(given(), given({ server: "S2" }), resolved)).toEqual([]);
  });

  it("compares no time, no number of DNs lost, and no date", () => {
    const other = "OPEN S1: bridge-a lost 1,037 DNs since 2026-11-20 02:59 UTC";
    expect(find(given({ title: other }), resolved)).toEqual([]);
  });

  it.each<[string, AlertNotification[]]>([
    ["one that is missing", [given()]],
    ["one too many", [given(), resolved, resolved]],
    ["another order", [resolved, given()]],
    ["another severity", [given({ severity: "warning" }), resolved]],
    ["another title", [given({ title: "OPEN S1: another" }), resolved]],
    ["another count", [given(), given({ type: "alert.resolved", count: 2 })]],
  ])("finds %s", (_, notifications) => {
    expect(find(...notifications)).not.toEqual([]);
  });
});

describe("the scenarios", () => {
  it.each(scenarios)("of $name go forward in time, on servers of their own", (scenario) => {
    const times = scenario.steps.map(({ atSeconds }) => atSeconds);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(scenario.endsAtSeconds).toBeGreaterThanOrEqual(times.at(-1) ?? 0);
    for (const { server } of scenario.promised) expect(scenario.servers).toContain(server);
  });

  it("share no server", () => {
    const servers = scenarios.flatMap((scenario) => scenario.servers);
    expect(new Set(servers).size).toBe(servers.length);
  });
});

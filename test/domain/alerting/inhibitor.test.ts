import { describe, expect, it } from "vitest";
import { findInhibitor } from "../../../lambda/domain/alerting/inhibitor.ts";
import type { MaintenanceWindow } from "../../../lambda/domain/alerting/maintenance-window.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { baseTime } from "../../support/build-event.ts";

const facts = { server: "SIPTS750", thisDN: "7001", applications: ["bridge-a"] };
const both = { ...facts, applications: ["bridge-a", "bridge-b"] };
const down = { at: baseTime, heardAt: baseTime };
const window: MaintenanceWindow = {
  id: "w1",
  start: baseTime,
  end: baseTime + 60_000_000,
  reason: "new switch",
  author: "me",
  createdAt: baseTime,
};

const find = (
  more: { connections?: Connection[]; windows?: MaintenanceWindow[] },
  about: typeof facts = facts,
) => findInhibitor({ connections: [], windows: [], ...more }, about, baseTime + 1);

describe("findInhibitor", () => {
  it("finds nothing where nothing is wrong", () => {
    expect(find({ connections: [buildConnection()] })).toBeUndefined();
  });

  it.each<[string, Partial<MaintenanceWindow>]>([
    ["all", {}],
    ["everything", { everything: true }],
    ["this very moment on", { start: baseTime + 1 }],
    ["the server", { server: "SIPTS750" }],
    ["the DN", { thisDNs: ["7001"] }],
    ["the number", { prefix: "70" }],
  ])("finds the maintenance window of %s", (_, changes) => {
    expect(find({ windows: [{ ...window, ...changes }] })).toEqual({
      heldBy: "window/w1",
      words: "maintenance window w1 (new switch) until 2026-11-20T02:59:00.123456Z",
    });
  });

  it.each<[string, Partial<MaintenanceWindow>]>([
    ["another server", { server: "AVAYATS1" }],
    ["another DN", { thisDNs: ["7002"] }],
    ["another number", { prefix: "71" }],
    ["an earlier time", { end: baseTime + 1 }],
    ["a later time", { start: baseTime + 5 }],
  ])("ignores the maintenance window of %s", (_, changes) => {
    expect(find({ windows: [{ ...window, ...changes }] })).toBeUndefined();
  });

  it("finds a link that is down, whichever bridge reports it", () => {
    const connections = [buildConnection({ application: "bridge-z", linkDown: down })];
    expect(find({ connections })).toEqual({
      heldBy: "server",
      words: "the CTI link of SIPTS750 is down",
    });
  });

  it("finds that all applications that lost it have lost their connection", () => {
    const connections = [buildConnection({ serverDown: down })];
    expect(find({ connections })?.words).toBe("there is no connection from bridge-a to SIPTS750");
    expect(find({ connections }, both)).toBeUndefined();
    connections.push(buildConnection({ application: "bridge-b", serverDown: down }));
    expect(find({ connections }, both)).toEqual({
      heldBy: "server",
      words: "there is no connection from bridge-a and bridge-b to SIPTS750",
    });
  });

  it("finds that no application that lost it is heard", () => {
    const silent = buildConnection({ silentSince: baseTime });
    expect(find({ connections: [silent] })).toEqual({
      heldBy: "bridge/bridge-a",
      words: "there is no word from bridge-a",
    });
    expect(find({ connections: [silent] }, both)).toBeUndefined();
    const connections = [silent, { ...silent, application: "bridge-b" }];
    expect(find({ connections }, both)?.words).toBe("there is no word from bridge-a and bridge-b");
    expect(find({ connections: [{ ...silent, closedAt: baseTime }] })).toBeUndefined();
  });
});

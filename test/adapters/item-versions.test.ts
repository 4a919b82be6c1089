import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromAlertItem, toAlertItem } from "../../lambda/adapters/alert-item.ts";
import { fromConnectionItem, toConnectionItem } from "../../lambda/adapters/connection-item.ts";
import { fromStatusItem, type Item, toStatusItem } from "../../lambda/adapters/status-item.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import type { Connection } from "../../lambda/domain/connection/connection.ts";
import { shardOf } from "../../lambda/domain/status/list-key.ts";
import { toRegistration } from "../../lambda/domain/status/registration.ts";
import { titleOf } from "../support/alert-texts.ts";

/** Items that the writers of version 0.1.0 (commit b5d6a1e) made, by what each one is. */
const readItems = (kind: string): [string, Item][] => {
  const items: Record<string, Item> = JSON.parse(
    readFileSync(new URL(`fixtures/${kind}-0.1.0.json`, import.meta.url), "utf8"),
  );
  return Object.entries(items);
};

const alerts = readItems("alerts");
const connections = readItems("connections");
const statuses = readItems("statuses");

describe("an item of an alert that version 0.1.0 wrote", () => {
  const everything: Partial<Alert> = {
    kind: "dn",
    status: "open",
    relapses: 3,
    flapping: true,
    toldSeverities: ["warning", "critical"],
    notice: "alert.updated",
  };
  const expected: [string, Partial<Alert>][] = [
    ["open", { kind: "dn", status: "open", thisDN: "7001", notice: "alert.opened" }],
    ["open, an incident, with everything", everything],
    ["open, about a bridge", { kind: "bridge", application: "bridge-a", endResolution: "retired" }],
    ["acknowledged", { status: "acknowledged", acknowledgement: { author: "ann", note: "on it" } }],
    ["resolved", { status: "resolved", resolution: "registered" }],
  ];

  it("is read as what it is", () => {
    const read = alerts.map(([name, item]) => [name, fromAlertItem(item)]);
    expect(read).toMatchObject(expected);
  });

  it("keeps its timeline as it was written", () => {
    const [, incident] = alerts.find(([name]) => name.startsWith("open, an incident")) ?? [];
    const { timeline } = fromAlertItem(incident ?? expect.unreachable("no incident"));
    expect(timeline.map(({ what }) => what)).toEqual([
      "opened",
      "told that it is flapping",
      "told of more DNs",
    ]);
  });

  it.each(alerts)("has a title by today's rules: %s", (_, item) => {
    const alert = fromAlertItem(item);
    expect(titleOf(alert)).toMatch(
      /^(?:OPEN|UPDATE|ACK ann|RESOLVED) SIPTS750: bridge-a, (?:opened|resolved) at .+$/,
    );
    expect(titleOf(alert).length).toBeLessThanOrEqual(140);
    expect(alert.text.advice).toBe(item["title"]?.S);
  });

  it.each(alerts)("is the same when what was read is written back: %s", (_, item) => {
    expect(toAlertItem(fromAlertItem(item), 400)).toStrictEqual(item);
  });
});

describe("an item of a connection that version 0.1.0 wrote", () => {
  const expected: [string, Partial<Connection>][] = [
    ["heard once", { watched: false, sweeps: [] }],
    [
      "with everything",
      { watched: true, registered: expect.objectContaining({ count: 120 }), revision: 40 },
    ],
  ];

  it("is read as what it is", () => {
    const read = connections.map(([name, item]) => [name, fromConnectionItem(item)]);
    expect(read).toMatchObject(expected);
  });

  it.each(connections)("is the same when what was read is written back: %s", (_, item) => {
    expect(toConnectionItem(fromConnectionItem(item))).toStrictEqual(item);
  });
});

describe("an item of a status that version 0.1.0 wrote", () => {
  it("is read as what it is", () => {
    const read = statuses.map(([name, item]) => {
      const { status, verdict, applications } = toRegistration(fromStatusItem(item));
      const isStale = applications.some(({ stale }) => stale);
      return [name, [status, verdict, isStale ? "stale" : ""].filter(Boolean).join(" ")];
    });
    expect(Object.fromEntries(read)).toEqual({
      registered: "registered",
      "registered, stale": "registered stale",
      lost: "unregistered unexpected",
      "lost by one of two applications": "registered unexpected",
      "missed after a reconnect": "unregistered unexpected",
      "given up by request": "unregistered expected",
      "registered again": "registered",
      retired: "unregistered expected",
    });
  });

  // Then, what was retired was in no list.
  const list = `retired#${shardOf("7001")}`;
  const added: Record<string, Item> = {
    retired: { state: { S: list }, serverState: { S: `SIPTS750#${list}` } },
  };

  it.each(statuses)("is the same when what was read is written back: %s", (name, item) => {
    expect(toStatusItem(fromStatusItem(item))).toStrictEqual({ ...item, ...added[name] });
  });
});

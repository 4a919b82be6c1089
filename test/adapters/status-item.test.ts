import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromStatusItem, toStatusItem } from "../../lambda/adapters/status-item.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import { applyStaleness } from "../../lambda/domain/status/apply-staleness.ts";
import { shardOf } from "../../lambda/domain/status/list-key.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { applications, bothAfter, type MarkStep } from "../../proof/bench/full-status.ts";
import { itemBytes } from "../../proof/bench/item-bytes.ts";
import { arbitraryEventOfMany, arbitraryHistory } from "../support/arbitrary-event.ts";
import { baseTime, registered, retired, unregistered } from "../support/build-event.ts";
import { statusAfter } from "../support/status-after.ts";

describe("the status item", () => {
  it.each<[string, MarkStep[]]>([
    ["both lost the DN", ["registered", "lost"]],
    ["both missed it after a loss that is over", ["registered", "lost", "renewed", "missed"]],
    ["a clean-up answer followed each loss", ["registered", "lost", "cleaned-up"]],
  ])("stays within one write unit with two applications where %s", (_, steps) => {
    const status = bothAfter(steps, "DN is not configured in CME");
    expect(status.alertId).toBeDefined();
    expect(itemBytes(toStatusItem(status))).toBeLessThanOrEqual(1024);
    expect(fromStatusItem(toStatusItem(status))).toEqual(status);
  });

  it("stays within it where both have everything except a present loss, and read stale", () => {
    const steps: MarkStep[] = ["registered", "lost", "cleaned-up", "renewed"];
    const status = applications.reduce(
      (one, application) => applyStaleness(one, application, true, baseTime),
      bothAfter(steps, "DN is not configured in CME"),
    );
    expect(itemBytes(toStatusItem(status))).toBeLessThanOrEqual(1024);
    expect(fromStatusItem(toStatusItem(status))).toEqual(status);
  });

  it("needs a second unit, not a third, for the longest ErrorMessage twice", () => {
    const bytes = itemBytes(toStatusItem(bothAfter(["registered", "lost"], "x".repeat(200))));
    expect(bytes).toBeGreaterThan(1024);
    expect(bytes).toBeLessThanOrEqual(2048);
  });

  it("is read back as it was after any history", () => {
    fc.assert(
      fc.property(arbitraryHistory(arbitraryEventOfMany, 9), ([first = registered(), ...more]) => {
        const others = more.map((event) => ({
          ...event,
          thisDN: first.thisDN,
          server: first.server,
        }));
        const status = statusAfter(first, ...others);
        expect(fromStatusItem(toStatusItem(status))).toEqual(status);
      }),
    );
  });

  it("is in the lists of retired ones once it is retired", () => {
    const item = toStatusItem(statusAfter(registered(), retired({ time: baseTime + 1 })));
    const list = `retired#${shardOf("7001")}`;
    expect(item["state"]).toEqual({ S: list });
    expect(item["serverState"]).toEqual({ S: `SIPTS750#${list}` });
  });

  it("is in no index where nothing but its retirement is known", () => {
    const item = toStatusItem(statusAfter(retired()));
    expect(item).not.toHaveProperty("state");
    expect(item).not.toHaveProperty("serverState");
  });

  it("is read with the full names of older items, and with the alert that they held", () => {
    const status = statusAfter(
      registered({ agentID: "4711" }),
      unregistered({ time: baseTime + 1 }),
    );
    const { "bridge-a": { registered: one, lost, statusSince } = {} } = status.applications;
    const { alertId: _, ...item } = toStatusItem(status);
    const old = {
      alert: { id: status.alertId, openedAt: 1 },
      applications: { "bridge-a": { registered: one, lost, statusSince } },
    };
    expect(fromStatusItem({ ...item, ...marshall(old, { removeUndefinedValues: true }) })).toEqual(
      status,
    );
  });

  it("keeps a loss beside the clean-up answer that followed it", () => {
    const status = statusAfter(
      registered(),
      unregistered({ time: baseTime + 1, errorCode: 59 }),
      unregistered({ time: baseTime + 2, referenceID: 7 }),
    );
    const marks = fromStatusItem(toStatusItem(status)).applications["bridge-a"];
    expect(marks).toMatchObject({ lost: { errorCode: 59 }, unregistered: { referenceID: 7 } });
  });

  it("keeps the precision of a second for each kind of end, and stays within one write unit", () => {
    const second = 1_000_000;
    const lost = bothAfter(["registered", "lost"], "DN is not configured in CME");
    const withVague = (status: RegistrationStatus, referenceID?: number) =>
      applications.reduce((before, application) => {
        const { thisDN, server } = before;
        const { time = 0 } = before.applications[application]?.lost ?? {};
        const place = { thisDN, server, application, referenceID };
        const end = unregistered({ ...place, time: Math.floor(time / second) * second });
        return advance(before, [end], baseTime);
      }, status);
    const mixed = withVague(lost, 4);
    const marks = fromStatusItem(toStatusItem(mixed)).applications[applications[0]];
    expect(marks?.unregistered).toMatchObject({ id: marks?.lost?.id, coarse: true });
    expect(marks?.lost?.coarse).toBeUndefined();
    expect(fromStatusItem(toStatusItem(mixed))).toEqual(mixed);
    const both = withVague(mixed);
    expect(both.applications[applications[0]]?.lost?.coarse).toBe(true);
    expect(itemBytes(toStatusItem(both))).toBeLessThanOrEqual(1024);
  });

  it("carries the flag that the stream is filtered by", () => {
    const refreshed = statusAfter(registered(), registered({ time: baseTime + 1 }));
    expect(toStatusItem(statusAfter(registered()))["changed"]).toEqual({ BOOL: true });
    expect(toStatusItem(refreshed)["changed"]).toEqual({ BOOL: false });
  });

  it("moves no index key with a refresh", () => {
    const keysOf = ({ state, serverState, changedKey }: Record<string, AttributeValue>) => ({
      state,
      serverState,
      changedKey,
    });
    const refreshed = statusAfter(registered(), registered({ time: baseTime + 1 }));
    expect(keysOf(toStatusItem(refreshed))).toEqual(
      keysOf(toStatusItem(statusAfter(registered()))),
    );
  });

  it.each<[string, Record<string, AttributeValue>]>([
    ["nothing", {}],
    ["a malformed time", { changedKey: { S: "yesterday#7001#SIPTS750" } }],
    ["a malformed application", { applications: { M: { "bridge-a": { S: "registered" } } } }],
    ["a revision that is not a number", { revision: { S: "1" } }],
  ])("is not a status with %s", (name, changes) => {
    const item =
      name === "nothing" ? {} : { ...toStatusItem(statusAfter(registered())), ...changes };
    expect(() => fromStatusItem(item)).toThrow();
  });
});

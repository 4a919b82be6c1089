import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText } from "../../lambda/adapters/hash-text.ts";
import { fromStatusItem, toStatusItem } from "../../lambda/adapters/status-item.ts";
import type { RegistrationEvent } from "../../lambda/domain/event/registration-event.ts";
import { markStale } from "../../lambda/domain/status/mark-stale.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { arbitraryEventOfMany, arbitraryHistory } from "../support/arbitrary-event.ts";
import { baseTime, missed, registered, retired, unregistered } from "../support/build-event.ts";
import { itemBytes } from "../support/item-bytes.ts";
import { statusAfter } from "../support/status-after.ts";

const realistic = {
  server: "SIP_Frankfurt_1",
  thisDN: "+4969123457001",
  customerID: "Environment",
};
const applications = ["bridge-frankfurt-a", "bridge-frankfurt-b"] as const;

const hour = 3_600_000_000;

/** What happened to each application, in this order, an hour apart. */
type Step = "registered" | "lost" | "cleaned-up" | "renewed" | "missed";

/** An event with everything that its mark may have. */
const eventOf = (step: Step, application: string, time: number): RegistrationEvent => {
  const id = hashText(`${step} ${application}`);
  const numbers = { sequenceNumber: 4_000_000_000, referenceID: 4_294_967_295 };
  const common = { ...realistic, application, id, time };
  const details = { addressType: "AddressTypePosition", agentID: "a.lindqvist@example" };
  switch (step) {
    case "registered":
      return registered({ ...common, ...numbers, ...details });
    case "lost":
      return unregistered({ ...common, sequenceNumber: 4_000_000_001, errorCode: 1151 });
    case "cleaned-up":
      return unregistered({ ...common, ...numbers });
    case "renewed":
      return registered({ ...common, ...numbers, ...details, session: time - 5_000_001 });
    case "missed":
      return missed({ ...common, customerID: undefined });
  }
};

/** Both applications after the same steps. */
const bothAfter = (steps: readonly Step[], errorMessage: string): RegistrationStatus => {
  const [first = registered(), ...more] = applications.flatMap((application, index) =>
    steps
      .map((step, number) => eventOf(step, application, baseTime + index + number * hour))
      .map((event) => (event.errorCode === undefined ? event : { ...event, errorMessage })),
  );
  return { ...statusAfter(first, ...more), revision: 123_456 };
};

describe("the status item", () => {
  it.each<[string, Step[]]>([
    ["both lost the DN", ["registered", "lost"]],
    ["both missed it after a loss that is over", ["registered", "lost", "renewed", "missed"]],
    ["a clean-up answer followed each loss", ["registered", "lost", "cleaned-up"]],
  ])("stays within one write unit with two applications where %s", (_, steps) => {
    const status = bothAfter(steps, "DN is not configured in CME");
    expect(status.alertId).toBeDefined();
    expect(itemBytes(toStatusItem(status))).toBeLessThanOrEqual(1024);
    expect(fromStatusItem(toStatusItem(status))).toEqual(status);
  });

  it("stays within it where both have everything but a present loss, and read stale", () => {
    const steps: Step[] = ["registered", "lost", "cleaned-up", "renewed"];
    const status = applications.reduce(
      (one, application) => markStale(one, application, true, baseTime),
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

  it("stands in no index once it is retired", () => {
    const item = toStatusItem(statusAfter(registered(), retired({ time: baseTime + 1 })));
    expect(item).not.toHaveProperty("state");
    expect(item).not.toHaveProperty("serverState");
  });

  it("is read with the full names that it once had, and with the alert that it once held", () => {
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

  it("keeps a loss that a clean-up answer followed beside it", () => {
    const status = statusAfter(
      registered(),
      unregistered({ time: baseTime + 1, errorCode: 59 }),
      unregistered({ time: baseTime + 2, referenceID: 7 }),
    );
    const marks = fromStatusItem(toStatusItem(status)).applications["bridge-a"];
    expect(marks).toMatchObject({ lost: { errorCode: 59 }, unregistered: { referenceID: 7 } });
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
    ["a time that is none", { changedKey: { S: "yesterday#7001#SIPTS750" } }],
    ["an application that is none", { applications: { M: { "bridge-a": { S: "registered" } } } }],
    ["a revision that is no number", { revision: { S: "1" } }],
  ])("is none of ours with %s", (name, changes) => {
    const item =
      name === "nothing" ? {} : { ...toStatusItem(statusAfter(registered())), ...changes };
    expect(() => fromStatusItem(item)).toThrow();
  });
});

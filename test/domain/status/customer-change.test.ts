import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { toChangeMessage } from "../../../lambda/domain/message/change-message.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { listStateOf } from "../../../lambda/domain/status/list-key.ts";
import { customerOf, newestValueOf } from "../../../lambda/domain/status/registration-status.ts";
import { testNow } from "../../support/api-event.ts";
import { arbitraryEventOfMany } from "../../support/arbitrary-event.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";
import { images } from "../../support/status-images.ts";

const b = { application: "bridge-b" };
const acme = { customerID: "acme" };
const other = { customerID: "other" };
const at = (offset: number) => ({ time: baseTime + offset });
const lastOf = (...events: RegistrationEvent[]) => {
  const { before, after } = images(...events);
  return { before, after, message: toChangeMessage(before, after) };
};

describe("another customer", () => {
  it.each<[string, RegistrationEvent[], string | undefined, string | undefined]>([
    ["moves in", [registered(acme), registered({ ...at(1), ...other })], "acme", "other"],
    ["is the first one", [registered(), registered({ ...at(1), ...acme })], undefined, "acme"],
    ["is none at all", [registered(acme), registered(at(1))], "acme", undefined],
    [
      "is the one before, of another application",
      [registered({ ...b, ...other }), registered({ ...at(1), ...acme }), registered(at(2))],
      "acme",
      "other",
    ],
  ])("%s: a change, which both customers' filters match", (_, events, previous, present) => {
    const { before, after, message } = lastOf(...events);
    expect(after.changed).toBe(true);
    expect(after.changedAt).toBeGreaterThan(before?.changedAt ?? 0);
    expect(message.event.type).toBe("registration.updated");
    expect(message.event.data).toMatchObject({ previousStatus: "registered" });
    expect(new Map(Object.entries(message.event.data)).get("previousCustomerID")).toBe(previous);
    expect(new Map(Object.entries(message.event.data)).get("customerID")).toBe(present);
    const both = previous !== undefined && present !== undefined;
    expect(message.attributes["customerID"]).toEqual(
      both ? [previous, present] : (previous ?? present),
    );
  });

  it("stands beside another status, whose type the message keeps", () => {
    const gone = unregistered({ ...at(1), ...other });
    const { message } = lastOf(registered(acme), gone);
    expect(message.event.type).toBe("registration.unregistered");
    expect(message.event.data).toMatchObject({ previousCustomerID: "acme", customerID: "other" });
    expect(message.attributes["customerID"]).toEqual(["acme", "other"]);
  });

  it("is no previous one where nothing was known before, or nothing changed", () => {
    for (const events of [[registered(acme)], [registered(acme), registered({ ...b, ...acme })]]) {
      const { message } = lastOf(...events);
      expect(message.event.data).not.toHaveProperty("previousCustomerID");
      expect(message.attributes["customerID"]).toBe("acme");
    }
  });

  it("of a retired DN is published as another message about its retirement", () => {
    const late = unregistered({ ...at(5), ...other });
    const { before, after, message } = lastOf(registered(acme), retired(at(10)), late);
    expect(after.changed).toBe(true);
    expect(after.changedAt).toBeGreaterThan(before?.changedAt ?? 0);
    expect(message.event.type).toBe("registration.retired");
    expect(message.event.data).toMatchObject({ previousCustomerID: "acme", customerID: "other" });
  });

  it("of a DN that was unknown when it was retired is not published", () => {
    const unknown = statusAfter(retired(at(10)));
    const late = advance(unknown, [registered({ ...at(5), ...other })], testNow);
    expect(late).toMatchObject({ changed: false, changedAt: unknown.changedAt });
  });

  it("is no change where an older event is learnt late", () => {
    const status = statusAfter(registered(acme), unregistered({ ...at(-1), ...other }));
    expect(status.changed).toBe(false);
  });
});

describe("what readers see of the newest event that has an attribute", () => {
  const ofOneDn = arbitraryEventOfMany.map(
    (event): RegistrationEvent => ({ ...event, thisDN: "7001", server: "SIPTS750" }),
  );

  it("is the same whatever the order of arrival and of the applications", () => {
    const twoOrders = fc
      .uniqueArray(ofOneDn, { minLength: 1, maxLength: 6, selector: ({ id }) => id })
      .chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        ),
      );
    fc.assert(
      fc.property(twoOrders, ([[first = registered(), ...more], [head = first, ...rest]]) => {
        const one = statusAfter(first, ...more);
        const two = statusAfter(head, ...rest);
        const names = ["addressType", "customerID"] as const;
        const valuesOf = (status: typeof one) => names.map((name) => newestValueOf(status, name));
        const turned = Object.fromEntries(Object.entries(one.applications).toReversed());
        expect(valuesOf(two)).toEqual(valuesOf(one));
        expect(valuesOf({ ...one, applications: turned })).toEqual(valuesOf(one));
      }),
    );
  });

  it("is decided by the application's name where all else is equal", () => {
    const status = statusAfter(registered(), registered(b));
    const mark = { id: "same", time: baseTime };
    const named = (name: string, customerID: string) =>
      [name, { statusSince: baseTime, registered: { ...mark, customerID } }] as const;
    const entries = [named("bridge-b", "other"), named("bridge-a", "acme")];
    for (const order of [entries, entries.toReversed()]) {
      expect(customerOf({ ...status, applications: Object.fromEntries(order) })).toBe("acme");
    }
  });

  it("changes with a published change only, unless the DN was retired before it was known", () => {
    fc.assert(
      fc.property(fc.array(ofOneDn, { minLength: 2, maxLength: 8 }), (events) => {
        const { before, after } = images(...events);
        if (before === undefined || listStateOf(before) === undefined) return;
        const isSame = (name: "addressType" | "customerID") =>
          newestValueOf(before, name) === newestValueOf(after, name);
        if (isSame("addressType") && isSame("customerID")) return;
        expect(after.changedAt).toBeGreaterThan(before.changedAt);
        expect(after.changed).toBe(true);
      }),
    );
  });
});

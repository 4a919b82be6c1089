import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isSelective,
  type ListFilter,
  matchesFilter,
  matchesStaleness,
  mayMatch,
} from "../../../lambda/domain/status/list-filter.ts";
import { listStateOf, listStates } from "../../../lambda/domain/status/list-key.ts";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import { testNow } from "../../support/api-event.ts";
import { arbitraryEventOfMany, arbitraryHistory } from "../../support/arbitrary-event.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const b = { application: "bridge-b" };
const gone = statusAfter(registered(), registered(b), retired({ time: baseTime + 1 }));
const allGone = statusAfter(registered(), retired({ time: baseTime + 1 }));
const states = [...listStates, "retired" as const];

const optional = <Value>(...values: readonly Value[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined });
const arbitraryFilter: fc.Arbitrary<ListFilter> = fc.record({
  status: optional("registered" as const, "unregistered" as const),
  verdict: optional("expected" as const, "unexpected" as const),
  customerID: optional("acme", "other"),
  application: optional("bridge-a", "bridge-b"),
  stale: optional(true, false),
  retiredSince: optional(testNow - 1, testNow, testNow + 1),
});

describe("a list's filter", () => {
  it("never leaves out a list that holds something which passes it", () => {
    const history = arbitraryHistory(arbitraryEventOfMany, 6).map((events) =>
      events.map((event) => ({ ...event, thisDN: "7001", server: "SIPTS750" })),
    );
    fc.assert(
      fc.property(history, arbitraryFilter, ([first = registered(), ...more], filter) => {
        const status = statusAfter(first, ...more);
        const state = listStateOf(status);
        const registration = toRegistration(status, () => true);
        const passes = matchesFilter(status, filter) && matchesStaleness(registration, filter);
        if (state !== undefined && passes) expect(mayMatch(state, filter)).toBe(true);
      }),
    );
  });

  it.each<[ListFilter, readonly string[]]>([
    [{}, listStates],
    [{ retiredSince: 0 }, states],
    [{ retiredSince: 0, status: "registered" }, ["registered", "mixed"]],
    [{ retiredSince: 0, status: "unregistered" }, ["expected", "unexpected", "retired"]],
    [{ retiredSince: 0, verdict: "expected" }, ["mixed", "expected", "retired"]],
    [{ retiredSince: 0, verdict: "unexpected" }, ["mixed", "unexpected"]],
    [{ retiredSince: 0, stale: true }, ["registered", "mixed"]],
    [{ retiredSince: 0, stale: false }, states],
  ])("%j is looked for where it may be", (filter, expected) => {
    expect(states.filter((state) => mayMatch(state, filter))).toEqual(expected);
  });

  it("lets a retired registration pass from the asked time on, as unregistered on request", () => {
    expect(matchesFilter(allGone, {})).toBe(false);
    expect(matchesFilter(allGone, { retiredSince: allGone.changedAt + 1 })).toBe(false);
    const retiredSince = allGone.changedAt;
    expect(matchesFilter(allGone, { retiredSince })).toBe(true);
    expect(matchesFilter(allGone, { retiredSince, verdict: "expected" })).toBe(true);
    expect(matchesFilter(allGone, { retiredSince, status: "registered" })).toBe(false);
    expect(matchesFilter(statusAfter(registered()), { retiredSince: testNow * 2 })).toBe(true);
  });

  it("finds an application that is retired only where all are", () => {
    const retiredSince = 0;
    expect(matchesFilter(gone, { application: "bridge-a", retiredSince })).toBe(false);
    expect(matchesFilter(gone, { application: "bridge-b", retiredSince })).toBe(true);
    expect(matchesFilter(allGone, { application: "bridge-a", retiredSince })).toBe(true);
    expect(matchesFilter(allGone, { application: "bridge", retiredSince })).toBe(false);
  });

  it("finds the customer that readers see", () => {
    const moved = statusAfter(
      registered({ customerID: "acme" }),
      unregistered({ time: baseTime + 1, customerID: "other" }),
    );
    expect(matchesFilter(moved, { customerID: "other" })).toBe(true);
    expect(matchesFilter(moved, { customerID: "acme" })).toBe(false);
    expect(matchesFilter(statusAfter(registered()), { customerID: "acme" })).toBe(false);
  });

  it("finds what is stale as it is shown", () => {
    const both = statusAfter(registered(), registered(b));
    const stale = toRegistration(both, (name) => name === "bridge-b");
    const fresh = toRegistration(both);
    expect([true, false].map((wanted) => matchesStaleness(stale, { stale: wanted }))).toEqual([
      true,
      false,
    ]);
    expect([true, false].map((wanted) => matchesStaleness(fresh, { stale: wanted }))).toEqual([
      false,
      true,
    ]);
    expect([stale, fresh].every((one) => matchesStaleness(one, {}))).toBe(true);
  });

  it("is selective where no list is made for it", () => {
    const made = {
      status: "registered",
      verdict: "expected",
      server: "S",
      retiredSince: 1,
    } as const;
    expect(isSelective(made)).toBe(false);
    for (const filter of [{ customerID: "a" }, { prefix: "7" }, { application: "a" }])
      expect(isSelective(filter)).toBe(true);
    expect(isSelective({ stale: false })).toBe(true);
  });
});

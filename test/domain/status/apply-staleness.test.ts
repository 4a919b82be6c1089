import { describe, expect, it } from "vitest";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { toRegistration } from "../../../lambda/domain/status/registration.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const later = testNow + 1_000_000;
const at = (offset: number) => ({ time: baseTime + offset });
const both = () =>
  statusAfter(registered({ ...at(5), session: 1 }), registered({ application: "bridge-b" }));
const staleNames = (status: RegistrationStatus) =>
  toRegistration(status).applications.flatMap(({ name, stale }) => (stale ? [name] : []));

describe("applyStaleness", () => {
  it("marks one application, which is a change", () => {
    const before = both();
    const status = applyStaleness(before, "bridge-a", true, later);
    expect(status).toMatchObject({
      revision: before.revision + 1,
      changed: true,
      changedAt: later,
      changedBy: "bridge-a",
      statusSince: before.statusSince,
    });
    expect(staleNames(before)).toEqual([]);
    expect(staleNames(status)).toEqual(["bridge-a"]);
  });

  it("removes the mark again, which is another", () => {
    const marked = applyStaleness(both(), "bridge-a", true, testNow);
    const status = applyStaleness(marked, "bridge-a", false, later);
    expect(status).toMatchObject({
      revision: marked.revision + 1,
      changed: true,
      changedAt: later,
    });
    expect(status.applications).toEqual(both().applications);
  });

  it.each([
    ["it is so already", both(), "bridge-a", false],
    ["it was marked already", applyStaleness(both(), "bridge-a", true, testNow), "bridge-a", true],
    ["the application is unknown", both(), "bridge-c", true],
    ["the application has the name of a member of every object", both(), "toString", true],
    ["it is lost", statusAfter(unregistered()), "bridge-a", true],
    ["it is retired", statusAfter(registered(), retired(at(1))), "bridge-a", true],
  ])("returns the same status where %s", (_, status, application, stale) => {
    expect(applyStaleness(status, application, stale, later)).toBe(status);
  });
});

describe("a stale registration", () => {
  const stale = applyStaleness(both(), "bridge-a", true, testNow);

  it.each([
    ["a newer registration", registered(at(9))],
    ["the same one, repeated in a later session", registered({ ...at(5), session: 2 })],
  ])("is no longer stale after %s, and that is a change", (_, event) => {
    const status = advance(stale, [event], later);
    expect(staleNames(status)).toEqual([]);
    expect(status).toMatchObject({ changed: true, changedAt: later, changedBy: "bridge-a" });
  });

  it.each([
    ["an older registration", registered({ ...at(1), session: 2 })],
    ["another application's", registered({ application: "bridge-b", ...at(9) })],
    ["an older loss", unregistered(at(-9))],
  ])("stays stale after %s", (_, event) => {
    expect(staleNames(advance(stale, [event], later))).toEqual(["bridge-a"]);
  });

  it("is forgotten once it is lost", () => {
    const lost = advance(stale, [unregistered(at(9))], later);
    expect(lost.applications["bridge-a"]).not.toHaveProperty("stale");
    expect(lost.alertId).toBeDefined();
  });
});

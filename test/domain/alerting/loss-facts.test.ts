import { describe, expect, it } from "vitest";
import { endOf, lossFactsOf, pastLossFacts } from "../../../lambda/domain/alerting/loss-facts.ts";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { statusAfter } from "../../support/status-after.ts";

const factsOf = (status: RegistrationStatus) =>
  lossFactsOf({ status, loss: undefined, losses: undefined, rules: defaultRules, now: 0 });
const b = { application: "bridge-b" };
const at = (offset: number) => ({ time: baseTime + offset });
const retired = (changes: Partial<RegistrationEvent> = {}): RegistrationEvent => ({
  ...registered(changes),
  id: `retired ${changes.application ?? ""}`,
  event: "Retired",
});

describe("lossFactsOf", () => {
  it("says which application lost it, how severely, when and why", () => {
    const status = statusAfter(
      registered({ customerID: "acme" }),
      unregistered({ ...b, ...at(1) }),
      unregistered({ ...at(2), errorCode: 59 }),
    );
    expect(factsOf(status)).toMatchObject({
      applications: ["bridge-a", "bridge-b"],
      severity: "critical",
      reason: { errorCode: 59 },
      cause: "DN is not configured in CME (59)",
      lostAt: baseTime + 2,
      customerID: "acme",
    });
  });

  it("warns while another application sees it", () => {
    expect(factsOf(statusAfter(registered(b), unregistered()))?.severity).toBe("warning");
  });

  it("says nothing while no application is missing", () => {
    expect(factsOf(statusAfter(registered()))).toBeUndefined();
  });
});

describe("pastLossFacts", () => {
  it("remembers a loss by its name", () => {
    const loss = unregistered({ ...at(1), errorCode: 59 });
    const status = statusAfter(
      registered(b),
      loss,
      unregistered({ ...b, ...at(2) }),
      registered(at(3)),
    );
    expect(pastLossFacts(status, `alert-${loss.id}`)).toMatchObject({
      applications: ["bridge-a"],
      severity: "warning",
      cause: "DN is not configured in CME (59)",
      lostAt: baseTime + 1,
    });
  });

  it("uses the newest loss where it does not find the name any more", () => {
    const status = statusAfter(
      unregistered(at(1)),
      unregistered({ ...b, ...at(2), derived: "reconnect" }),
      registered(at(3)),
    );
    expect(pastLossFacts(status, "alert-gone")).toMatchObject({
      applications: ["bridge-b"],
      cause: "not registered again after the reconnect",
    });
  });

  it("finds no cause where there is no loss left", () => {
    expect(pastLossFacts(statusAfter(registered()), "alert-gone")).toMatchObject({
      applications: [],
      severity: "critical",
      cause: "no cause given",
      lostAt: baseTime,
    });
  });
});

describe("endOf", () => {
  it.each<[string, [RegistrationEvent, ...RegistrationEvent[]]]>([
    ["registered", [unregistered(), registered(at(1))]],
    ["registered", [unregistered(), registered(at(1)), unregistered(at(2))]],
    ["requested", [unregistered(), registered(at(1)), unregistered({ ...at(2), referenceID: 7 })]],
    ["retired", [unregistered(), registered(b), retired(at(1))]],
  ])("is %s", (expected, events) => {
    expect(endOf(statusAfter(...events), ["bridge-a"])).toBe(expected);
  });

  it("is that it was registered where another application has lost it since", () => {
    const status = statusAfter(
      unregistered(),
      registered({ ...b, ...at(1) }),
      unregistered({ ...b, ...at(2) }),
      registered(at(3)),
      unregistered({ ...at(4), referenceID: 7 }),
    );
    expect(endOf(status, ["bridge-a"])).toBe("registered");
  });

  it("is as for the others where one of the applications was retired", () => {
    const status = statusAfter(
      unregistered(),
      unregistered(b),
      retired(at(1)),
      registered({ ...b, ...at(2) }),
    );
    expect(endOf(status, ["bridge-a", "bridge-b"])).toBe("registered");
  });
});

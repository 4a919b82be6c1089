import { describe, expect, it } from "vitest";
import {
  judgePastSeverity,
  judgeSeverity,
  type Severity,
  sureStandingsOf,
  worst,
} from "../../../lambda/domain/alerting/severity.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { statusAfter } from "../../support/status-after.ts";

const b = { application: "bridge-b" };
const later = { ...b, time: baseTime + 1 };
const lost = unregistered();
const seenByB = statusAfter(lost, registered(b));
const silentB = applyStaleness(seenByB, "bridge-b", true, baseTime + 1);
const requestedByB = statusAfter(lost, unregistered({ ...b, referenceID: 7 }));
const lostByB = statusAfter(lost, unregistered(b));
const retiredByB = statusAfter(lost, registered(b), retired(later));

describe("a DN that one application has lost", () => {
  it.each<[string, RegistrationStatus, Severity, string[]]>([
    ["no other application was ever registered", statusAfter(lost), "critical", []],
    ["another application is registered", seenByB, "warning", ["bridge-b"]],
    ["the other application's bridge is not heard", silentB, "critical", []],
    ["another application has unregistered on request", requestedByB, "critical", []],
    ["another application has lost it as well", lostByB, "critical", []],
    ["another application's registration is retired", retiredByB, "critical", []],
  ])(
    "is judged by the applications that certainly see it, where %s",
    (_, status, severity, sure) => {
      const none = { loss: undefined, losses: undefined };
      const context = { rules: defaultRules, now: baseTime + 30_000_000 };
      expect(judgeSeverity({ status, ...none, ...context })).toEqual({ severity });
      expect(sureStandingsOf(status).map(({ name }) => name)).toEqual(sure);
    },
  );

  it("is certainly seen by every application that is heard, in the order of their names", () => {
    const c = registered({ application: "bridge-c" });
    const status = statusAfter(c, registered(), registered(b));
    const sure = sureStandingsOf(applyStaleness(status, "bridge-a", true, baseTime + 1));
    expect(sure.map(({ name }) => name)).toEqual(["bridge-b", "bridge-c"]);
  });
});

describe("a loss that is over and was never stored", () => {
  it.each<[string, RegistrationStatus, Severity]>([
    ["critical where the status knows one application", statusAfter(lost), "critical"],
    ["a warning where it knows more, whatever became of them", retiredByB, "warning"],
  ])("was %s", (_, status, severity) => {
    expect(judgePastSeverity(status)).toEqual({ severity });
  });
});

describe("the worst of some severities", () => {
  it.each<[Severity[], Severity]>([
    [[], "warning"],
    [["warning", "warning"], "warning"],
    [["warning", "critical"], "critical"],
    [["critical", "warning"], "critical"],
  ])("of %j is %s", (severities, expected) => {
    expect(worst(severities)).toBe(expected);
  });
});

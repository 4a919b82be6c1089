import { describe, expect, it } from "vitest";
import { alertTitle } from "../../../lambda/domain/alerting/alert-title.ts";
import { fromKeptTitle, toKeptTitle } from "../../../lambda/domain/alerting/kept-title.ts";
import { reading, titleOf } from "../../support/alert-texts.ts";
import { buildAlert, buildIncident, buildMember } from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";

const tomorrow = { ...reading, now: baseTime + 86_400_000_000 };

describe("the title that version 0.1.0 reads", () => {
  it("has T-Server, headline and every date, in UTC", () => {
    expect(toKeptTitle(buildAlert())).toBe(
      "SIPTS750: bridge-a lost DN 7001 at 2026-11-20 02:58 UTC: DN is not configured in CME (59)",
    );
  });
});

describe("an alert that version 0.1.0 wrote", () => {
  const lost =
    "bridge-a lost DN 7001 on SIPTS750 at 02:58 UTC: DN is not configured in CME (59). Its calls are not reported.";

  it("is shown by the rules, with the time of its opening and what it said as advice", () => {
    const text = fromKeptTitle({ ...buildAlert(), title: lost });
    expect(titleOf(buildAlert({ text }))).toBe(
      "OPEN SIPTS750: bridge-a, opened at 02:58 UTC: lost DN 7001 on SIPTS750 at 02:58 UTC: DN is not configured in CME (59). Its calls are not...",
    );
    expect(alertTitle(buildAlert({ text }), "alert.updated", tomorrow)).toMatch(
      /^UPDATE SIPTS750: bridge-a, opened at 2026-11-20 02:58 UTC: lost DN 7001 .*\.\.\.$/,
    );
    expect(text.advice).toBe(lost);
  });

  it("names its bridges where the title did not begin with them", () => {
    const dns = [buildMember(), buildMember({ applications: ["bridge-b"] })];
    const incident = { ...buildIncident(dns), title: "SIPTS750 lost 2 DNs at 02:58 UTC: x." };
    expect(titleOf({ ...incident, text: fromKeptTitle(incident) })).toBe(
      "OPEN SIPTS750: bridge-a and bridge-b, opened at 02:58 UTC: SIPTS750 lost 2 DNs at 02:58 UTC: x.",
    );
  });

  it("names the bridge that it is about, and when it was resolved", () => {
    const alert = {
      ...buildIncident([], { kind: "bridge", application: "bridge-a", notice: "alert.resolved" }),
      resolvedAt: baseTime,
      title: "bridge-a on SIPTS750 has been heard again, last at 02:58 UTC.",
    };
    expect(titleOf({ ...alert, text: fromKeptTitle(alert) })).toBe(
      "RESOLVED SIPTS750: bridge-a, resolved at 02:58 UTC: on SIPTS750 has been heard again, last at 02:58 UTC.",
    );
  });

  it("names no bridge where none is known", () => {
    const alert = { ...buildIncident([], { kind: "server" }), title: "The CTI link is down." };
    expect(titleOf({ ...alert, text: fromKeptTitle(alert) })).toBe(
      "OPEN SIPTS750: opened at 02:58 UTC: The CTI link is down.",
    );
  });
});

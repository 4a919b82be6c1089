import { describe, expect, it } from "vitest";
import { alertLine } from "../../commands/alerts/alert-line.ts";
import type { Alert } from "../../lambda/domain/alerting/alert.ts";
import { toAlertMessage } from "../../lambda/domain/message/alert-message.ts";
import { textOf, withoutRunbook } from "../support/alert-texts.ts";
import {
  buildAlert,
  buildIncident,
  buildMember,
  buildResolvedAlert,
} from "../support/build-alert.ts";

const message = (changes: Parameters<typeof buildAlert>[0] = {}): string =>
  JSON.stringify(toAlertMessage(buildAlert(changes), withoutRunbook).event);

describe("alertLine", () => {
  it("says when, what, how bad, about what, and the title", () => {
    expect(alertLine(message({ text: textOf("bridge-a lost DN 7001") }), false)).toBe(
      "2026-11-20T02:58:30Z  critical  dn      OPEN SIPTS750: bridge-a lost DN 7001",
    );
  });

  it("says how many DNs fell together", () => {
    const dns = Array.from({ length: 3 }, (_, index) => buildMember({ thisDN: `${index}` }));
    const incident = buildIncident(dns, { count: 10_000, text: textOf("bridge-a lost DNs") });
    const line = alertLine(JSON.stringify(toAlertMessage(incident, withoutRunbook).event), false);
    expect(line).toMatch(/ {2}dn {6}OPEN SIPTS750: bridge-a lost DNs {2}\[10,000 DNs\]$/);
  });

  it("says how it ended", () => {
    const { event } = toAlertMessage(buildResolvedAlert(), withoutRunbook);
    expect(alertLine(JSON.stringify(event), false)).toMatch(
      /^2026-11-20T03:08:00Z {2}critical {2}dn {6}RESOLVED SIPTS750: .* {2}\[resolution: registered\]$/,
    );
  });

  it("says who acknowledged it and what they wrote", () => {
    const acknowledged = message({
      notice: "alert.acknowledged",
      acknowledgement: { author: "ann", note: "on it" },
    });
    expect(alertLine(acknowledged, false)).toMatch(
      / {2}critical {2}dn {6}ACK ann SIPTS750: .* {2}\[acknowledged by ann: on it\]$/,
    );
  });

  it("says for whom it was acknowledged, and needs no note", () => {
    const line = (acknowledgement: Alert["acknowledgement"]) =>
      alertLine(message({ notice: "alert.acknowledged", acknowledgement }), false);
    expect(line({ author: "crm", onBehalfOf: "ann", note: "on it" })).toMatch(
      /\[acknowledged by crm for ann: on it\]$/,
    );
    expect(line({ author: "crm", note: "" })).toMatch(/\[acknowledged by crm\]$/);
  });

  it("says what is wrong with a bridge, which has no DNs to count", () => {
    const line = alertLine(
      message({ kind: "bridge", count: 0, dns: [], text: textOf("bridge-a is silent") }),
      false,
    );
    expect(line).toMatch(/ {2}bridge {2}OPEN SIPTS750: bridge-a is silent$/);
  });

  it.each([
    ["alert.opened", "critical", "\u001b[1;31m"],
    ["alert.updated", "warning", "\u001b[33m"],
    ["alert.acknowledged", "critical", "\u001b[36m"],
    ["alert.resolved", "critical", "\u001b[32m"],
  ] as const)("colours %s, %s", (notice, severity, colour) => {
    const line = alertLine(message({ notice, severity }), true);
    expect(line.startsWith(colour)).toBe(true);
    expect(line.endsWith("\u001b[0m")).toBe(true);
  });

  it("says what happened where the title of an older stage does not", () => {
    const old = message().replace("OPEN SIPTS750: ", "");
    expect(alertLine(old, false)).toMatch(
      /Z {2}opened {8}critical {2}dn {6}bridge-a lost DN 7001 /,
    );
  });

  it("leaves a severity that it does not know as it is", () => {
    const unknown = message().replaceAll('"critical"', '"info"');
    expect(alertLine(unknown, true)).toBe(alertLine(unknown, false));
  });

  it("lets neither title nor note steer the terminal or add a line", () => {
    const line = alertLine(
      message({
        text: textOf("\u001b[2Ja\nb\u202e"),
        acknowledgement: { author: "ann\n", note: "\u001b[2J" },
      }),
      false,
    );
    expect(line.endsWith("OPEN SIPTS750: ?[2Ja?b?  [acknowledged by ann?: ?[2J]")).toBe(true);
  });

  it("names what it cannot read", () => {
    expect(alertLine("oops", false)).toContain("cannot be read");
  });
});

import { describe, expect, it } from "vitest";
import { alertLine } from "../../operations/alerts/alert-line.ts";

const message = (type: string, severity: string, title = "bridge-a lost DN 7001") =>
  JSON.stringify({ type, time: "2026-11-18T02:58:03.123456Z", data: { severity, title } });

describe("alertLine", () => {
  it("says when, what, how bad, and the title", () => {
    expect(alertLine(message("alert.opened", "critical"), false)).toBe(
      "2026-11-18T02:58:03Z  opened    critical  bridge-a lost DN 7001",
    );
  });

  it.each([
    ["alert.opened", "critical", "\u001b[1;31m"],
    ["alert.updated", "warning", "\u001b[33m"],
    ["alert.resolved", "critical", "\u001b[32m"],
  ])("colours %s, %s", (type, severity, colour) => {
    const line = alertLine(message(type, severity), true);
    expect(line.startsWith(colour)).toBe(true);
    expect(line.endsWith("\u001b[0m")).toBe(true);
  });

  it("lets a title neither steer the terminal nor add a line", () => {
    const line = alertLine(message("alert.opened", "critical", "\u001b[2Ja\nb\u202e"), false);
    expect(line.endsWith("  ?[2Ja?b?")).toBe(true);
  });

  it("names what it cannot read", () => {
    expect(alertLine("oops", false)).toContain("cannot be read");
  });
});

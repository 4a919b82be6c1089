import { describe, expect, it } from "vitest";
import { toAlertMessage, toAlertText } from "../../../lambda/domain/message/alert-message.ts";
import { createZone } from "../../../lambda/domain/zone.ts";
import { withoutRunbook } from "../../support/alert-texts.ts";
import {
  buildAlert,
  buildIncident,
  buildMember,
  buildResolvedAlert,
} from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";

const stage = {
  runbookUrl: `https://runbooks.example/${"dn/".repeat(30)}`,
  zone: createZone("America/New_York"),
  stage: "prod",
};
const mailOf = (alert = buildAlert(), settings: typeof stage | typeof withoutRunbook = stage) =>
  toAlertText(alert, toAlertMessage(alert, settings), settings).text;

describe("the e-mail about an alert", () => {
  it("says what happened, what it means, who, what, where and when, and what to do", () => {
    const acknowledgement = { author: "crm", onBehalfOf: "ann", note: "on\nit" };
    const alert = buildAlert({
      notice: "alert.acknowledged",
      status: "acknowledged",
      acknowledgedAt: baseTime + 90_000_000,
      acknowledgement,
      timeline: [
        { at: baseTime + 30_000_000, what: "opened" },
        { at: baseTime + 90_000_000, what: "acknowledged", ...acknowledgement },
      ],
    });
    expect(
      mailOf(alert),
    ).toBe(`ACK ann SIPTS750: bridge-a lost DN 7001 at 02:58 UTC (21:58 EST): DN is not
configured in CME (59)

Its calls are not reported. Ask who changed it.

What:     critical, about a DN, acknowledged
T-Server: SIPTS750
Bridge:   bridge-a
DNs:      1
Lost:     2026-11-20 02:58:00 UTC (2026-11-19 21:58:00 EST)
Opened:   2026-11-20 02:58:30 UTC (2026-11-19 21:58:30 EST)
Taken:    by crm for ann: on it, 2026-11-20 02:59:30 UTC (2026-11-19 21:59:30
          EST)

- 7001: bridge-a, lost 2026-11-20 02:58:00 UTC (2026-11-19 21:58:00 EST), no
  ReferenceID; ErrorCode 59: DN is not configured in CME

- 2026-11-20 02:58:30 UTC (2026-11-19 21:58:30 EST): opened
- 2026-11-20 02:59:30 UTC (2026-11-19 21:59:30 EST): acknowledged by crm for
  ann: on it

Runbook: ${stage.runbookUrl}
Alert: alert-hB3J_mPbphBR2yssjfxIgS

To take it:
  npm run alerts -- ack alert-hB3J_mPbphBR2yssjfxIgS --note '...' \\
    --author NAME --stage prod
Why it was raised:
  npm run alerts -- why 7001 --stage prod`);
  });

  it("of an incident shows the first ten DNs, and says how many there are", () => {
    const dns = Array.from({ length: 12 }, (_, index) => buildMember({ thisDN: `70 ${index}` }));
    const mail = mailOf(
      buildIncident(dns, { count: 1_037, lastLostAt: baseTime + 60_000_000 }),
      withoutRunbook,
    );
    expect(mail).toContain("\nDNs:      1,037\n");
    expect(mail).toContain("\nLost:     from 2026-11-20 02:58:00 UTC to 2026-11-20 02:59:00 UTC\n");
    expect(mail.match(/^- 70 \d+: bridge-a/gm)).toHaveLength(10);
    expect(mail).toContain("\n- and 1,027 more\n");
    expect(mail).toContain(
      "\n  npm run alerts -- ack alert-hB3J_mPbphBR2yssjfxIgS --note '...' \\\n    --author NAME\n",
    );
    expect(mail).toContain("\n  npm run alerts -- why '70 0'");
    expect(mail).not.toContain("Runbook");
  });

  it("of a bridge says how many DNs are behind it, and shows none", () => {
    const { firstLostAt: _, ...bridge } = buildIncident([], {
      kind: "bridge",
      application: "bridge-b",
      affected: 2_300,
      count: 0,
    });
    const mail = mailOf(bridge);
    expect(mail).toContain("What:     critical, about a bridge, open\n");
    expect(mail).toContain("Bridge:   bridge-b\nAffected: 2,300 DNs\nOpened:");
    expect(mail).not.toMatch(/^DNs:|Why it/m);
  });

  it("of the end says how it ended, and asks for nothing more", () => {
    const mail = mailOf(buildResolvedAlert());
    expect(mail).toContain(
      "Resolved: 2026-11-20 03:08:00 UTC (2026-11-19 22:08:00 EST)\nHow:      registered\n",
    );
    expect(mail).not.toContain("To take it");
  });

  it("names no command that a shell would understand otherwise, and none that cannot be typed", () => {
    expect(mailOf(buildAlert({ thisDN: "7001'; rm -rf *" }))).toContain(
      "why '7001'\\''; rm -rf *' --stage prod",
    );
    expect(mailOf(buildAlert({ thisDN: "-7001" }))).toContain(" why --stage prod -- -7001");
    expect(mailOf(buildAlert({ thisDN: "-7 1" }), withoutRunbook)).toContain(" why -- '-7 1'");
    for (const thisDN of ["7".repeat(255), "70\u200b01"])
      expect(mailOf(buildAlert({ thisDN }))).not.toContain("Why it was raised");
  });

  it("shows a DN of which no time can be read, and one of whom no bridge is known", () => {
    const dns = [buildMember({ statusSince: "soon", applications: [] })];
    expect(mailOf(buildAlert({ dns }))).toContain(
      "\n- 7001: no ReferenceID; ErrorCode 59: DN is not configured in CME\n",
    );
  });
});

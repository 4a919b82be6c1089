import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert, AlertMember } from "../../../lambda/domain/alerting/alert.ts";
import { toAlertMessage } from "../../../lambda/domain/message/alert-message.ts";
import type {
  CloudEvent,
  OutgoingMessage,
} from "../../../lambda/domain/message/outgoing-message.ts";
import { compareText } from "../../../lambda/domain/text.ts";
import { messageSettings, textOf, withoutRunbook } from "../../support/alert-texts.ts";
import {
  buildAlert,
  buildIncident,
  buildMember,
  buildResolvedAlert,
} from "../../support/build-alert.ts";
import { baseTime } from "../../support/build-event.ts";
import { serviceLimits, snsBytesOf } from "../../support/service-limits.ts";

/** The event as subscribers read it. */
const jsonOf = (message: OutgoingMessage) => {
  const event: CloudEvent & { data: { dns: unknown[]; count: number } } = JSON.parse(
    JSON.stringify(message.event),
  );
  return event;
};

describe("toAlertMessage", () => {
  it("is a CloudEvent about the alert, with what an operator woken at night needs", () => {
    const alert = buildAlert({ customers: ["acme"] });
    const message = toAlertMessage(alert, messageSettings);
    expect(jsonOf(message)).toEqual({
      specversion: "1.0",
      id: "alert/alert-hB3J_mPbphBR2yssjfxIgS/1",
      source: "/servers/SIPTS750",
      type: "alert.opened",
      subject: "7001",
      time: "2026-11-20T02:58:30.123456Z",
      sequence: "000001000001",
      datacontenttype: "application/json",
      data: {
        alertId: "alert-hB3J_mPbphBR2yssjfxIgS",
        kind: "dn",
        severity: "critical",
        server: "SIPTS750",
        status: "open",
        count: 1,
        dns: [buildMember()],
        title:
          "OPEN SIPTS750: bridge-a lost DN 7001 at 02:58 UTC: DN is not configured in CME (59)",
        advice: "Its calls are not reported. Ask who changed it.",
        openedAt: "2026-11-20T02:58:30.123456Z",
        causes: [{ cause: "DN is not configured in CME (59)", count: 1 }],
        firstLostAt: "2026-11-20T02:58:00.123456Z",
        lastLostAt: "2026-11-20T02:58:00.123456Z",
        flapping: false,
        runbookUrl: "https://runbooks.example/dn",
      },
    });
    expect(message.attributes).toEqual({
      type: "alert.opened",
      server: "SIPTS750",
      kind: "dn",
      severity: "critical",
      customerID: "acme",
    });
    expect(message.subject).toBe(
      "OPEN SIPTS750: bridge-a lost DN 7001 at 02:58 UTC: DN is not configured in CME (59)",
    );
  });

  it("has the alert's id and its sequence in every message of its life", () => {
    const opened = toAlertMessage(buildAlert(), messageSettings);
    const resolved = toAlertMessage(buildResolvedAlert(), messageSettings);
    expect(jsonOf(resolved)).toMatchObject({
      id: "alert/alert-hB3J_mPbphBR2yssjfxIgS/4",
      type: "alert.resolved",
      time: "2026-11-20T03:08:00.123456Z",
      data: {
        alertId: "alert-hB3J_mPbphBR2yssjfxIgS",
        status: "resolved",
        resolvedAt: "2026-11-20T03:08:00.123456Z",
        resolution: "registered",
      },
    });
    const next = toAlertMessage(buildAlert({ number: 2, alertId: "alert-next" }), messageSettings);
    const sequences = [opened, resolved, next].map(({ event }) => event.sequence);
    expect(sequences).toEqual(sequences.toSorted(compareText));
    expect(new Set(sequences).size).toBe(3);
  });

  it("says who acknowledged it", () => {
    const acknowledgement = { author: "ann", note: "on it" };
    const acknowledgedAt = baseTime + 120_000_000;
    const message = toAlertMessage(
      buildAlert({
        notice: "alert.acknowledged",
        status: "acknowledged",
        acknowledgedAt,
        acknowledgement,
      }),
      withoutRunbook,
    );
    expect(jsonOf(message)).toMatchObject({
      type: "alert.acknowledged",
      time: "2026-11-20T03:00:00.123456Z",
      data: { status: "acknowledged", acknowledgement },
    });
  });

  it("says for whom it was acknowledged, and shows no empty note", () => {
    const about = (acknowledgement: Alert["acknowledgement"]) =>
      jsonOf(toAlertMessage(buildAlert({ acknowledgement }), withoutRunbook));
    const by = { author: "crm", onBehalfOf: "ann" };
    expect(about({ ...by, note: "on it" })).toHaveProperty("data.acknowledgement", {
      ...by,
      note: "on it",
    });
    expect(about({ ...by, note: "" })).toHaveProperty("data.acknowledgement", by);
  });

  it.each([
    ["an incident", buildIncident([buildMember(), buildMember({ thisDN: "7002" })])],
    ["a bridge", buildIncident([], { kind: "bridge", application: "bridge-a" })],
  ])("has the alert's id as its subject where it is not about a single DN: %s", (_, alert) => {
    expect(toAlertMessage(alert, withoutRunbook).event.subject).toBe(alert.alertId);
  });

  it("goes to every subscriber that received an earlier one, by all severities and customers of its life", () => {
    const { attributes } = toAlertMessage(
      buildResolvedAlert({
        severity: "critical",
        toldSeverities: ["warning", "critical"],
        customers: ["acme", "globex", "acme"],
      }),
      withoutRunbook,
    );
    expect(attributes["severity"]).toEqual(["warning", "critical"]);
    expect(attributes["customerID"]).toEqual(["acme", "globex"]);
  });

  it("has the present severity among its attributes, even if it was not published yet", () => {
    const { attributes } = toAlertMessage(
      buildAlert({ toldSeverities: ["warning"] }),
      withoutRunbook,
    );
    expect(attributes["severity"]).toEqual(["warning", "critical"]);
  });

  it("leaves out what is absent: customer, messageSettings, resolution", () => {
    const { attributes, event } = toAlertMessage(buildAlert(), withoutRunbook);
    expect(attributes["customerID"]).toBeUndefined();
    expect(JSON.stringify(event)).not.toMatch(/runbookUrl|resol|acknowledge|"application"/);
  });

  it("encodes the server for a URI and makes the subject printable", () => {
    const message = toAlertMessage(
      buildAlert({ server: "TS 1/ä", text: textOf("ü") }),
      withoutRunbook,
    );
    expect(message.event.source).toBe("/servers/TS%201%2F%C3%A4");
    expect(message.subject).toBe("OPEN TS 1/?: ?");
  });
});

describe("the size of an alert's message", () => {
  const longest = (character: string, index: number): AlertMember => ({
    thisDN: `${index}`.padEnd(255, character),
    applications: Array.from({ length: 32 }, (_, one) => `${one}`.padEnd(64, "b")),
    statusSince: "2026-11-20T02:58:00.123456Z",
    reason: {
      category: "configuration",
      evidence: `no ReferenceID; ErrorCode 59: ${character.repeat(200)}`,
      errorCode: 59,
      errorSymbol: "TERR_NOT_CONFIGURED",
      errorMessage: character.repeat(200),
    },
    registeredOn: [character.repeat(128), character.repeat(128)],
  });
  const incidentOf = (character: string) =>
    buildIncident(Array.from({ length: 100 }, (_, index) => longest(character, index)));
  const dnsOf = (message: OutgoingMessage): unknown[] => jsonOf(message).data.dns;

  it("lets a hundred ordinary DNs through", () => {
    const dns = Array.from({ length: 100 }, (_, index) => buildMember({ thisDN: `${index}` }));
    expect(dnsOf(toAlertMessage(buildIncident(dns), messageSettings))).toEqual(dns);
  });

  it.each(["7", "é", "漢", "𝄞", '"', "\\", "\u007f", "\uffff"])(
    "stays below what SNS accepts with a hundred DNs and the longest reasons of %j",
    (character) => {
      const alert = incidentOf(character);
      const message = toAlertMessage(alert, messageSettings);
      expect(snsBytesOf(message)).toBeLessThan(serviceLimits.message);
      const dns = dnsOf(message);
      expect(dns).toEqual(alert.dns.slice(0, dns.length));
      expect(dns.length).toBeGreaterThan(10);
      expect(jsonOf(message).data.count).toBe(100);
    },
  );

  it("stays below it with thousands of customers, of which the first are named", () => {
    const customers = Array.from({ length: 10_000 }, (_, index) => `${index}`.padEnd(128, "c"));
    const message = toAlertMessage({ ...incidentOf("漢"), customers }, messageSettings);
    expect(snsBytesOf(message)).toBeLessThan(serviceLimits.message);
    expect(message.attributes["customerID"]).toEqual(
      customers.slice(0, message.attributes["customerID"]?.length),
    );
  });

  it("stays below it whatever the texts, and leaves out no DN in the middle", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 255 });
    const member = text.map((thisDN) => longest(thisDN.slice(0, 1), thisDN.length));
    fc.assert(
      fc.property(fc.array(member, { maxLength: 100 }), text, (dns, customer) => {
        const message = toAlertMessage(
          { ...buildIncident(dns), customers: [customer] },
          messageSettings,
        );
        expect(snsBytesOf(message)).toBeLessThan(serviceLimits.message);
        expect(dnsOf(message)).toEqual(dns.slice(0, dnsOf(message).length));
      }),
      { numRuns: 50 },
    );
  });
});

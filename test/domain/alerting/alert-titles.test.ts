import { describe, expect, it } from "vitest";
import type { Alert, AlertEventType } from "../../../lambda/domain/alerting/alert.ts";
import { alertTitle } from "../../../lambda/domain/alerting/alert-title.ts";
import type { AlertText } from "../../../lambda/domain/alerting/headline.ts";
import { incidentEndText, incidentText } from "../../../lambda/domain/alerting/incident-text.ts";
import { flappingText, lossEndText, lossText } from "../../../lambda/domain/alerting/loss-text.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { createZone } from "../../../lambda/domain/zone.ts";
import { readHeadline, reading } from "../../support/alert-texts.ts";
import { buildAlert, buildMember } from "../../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";

const b = { application: "bridge-b" };
const loss = buildLoss({
  cause: "DN is not configured in CME (59)",
  reason: { category: "configuration", evidence: "no ReferenceID; ErrorCode 59" },
});
const lost = statusAfter(unregistered({ errorCode: 59 }));
const look =
  "Ask who deleted, disabled or changed it in Configuration Manager; put it back or, if it is gone for good, retire it.";

describe("what the alert about a single DN says", () => {
  const begins = "bridge-a lost DN 7001 at 02:58 UTC";
  const cause = ": DN is not configured in CME (59)";

  it.each<[string, Parameters<typeof lossText>[1], Parameters<typeof lossText>[2], string, string]>(
    [
      ["that no bridge sees it", lost, undefined, begins, "Its calls are not reported."],
      ["that its status is gone", undefined, undefined, begins, "Its calls are not reported."],
      [
        "that another bridge sees it",
        statusAfter(unregistered(), registered(b)),
        undefined,
        `${begins}, still seen by bridge-b`,
        "Its calls are still reported: it can wait until morning, if that will do.",
      ],
      [
        "that the other bridge is silent",
        applyStaleness(statusAfter(unregistered(), registered(b)), "bridge-b", true, baseTime),
        undefined,
        `${begins}, bridge-b silent`,
        "Its calls may not be reported: the other bridge that sees it is silent. Start that one first.",
      ],
      [
        "where else it is registered",
        lost,
        { registeredOn: ["SIPTS2"] },
        `${begins}, now on SIPTS2`,
        "Its calls are not reported.",
      ],
    ],
  )("says who lost what, when and why, and %s", (_, status, elsewhere, headline, advice) => {
    const text = lossText(loss, status, elsewhere);
    expect(readHeadline(text)).toBe(`${headline}${cause}`);
    expect(text.advice).toBe(`${advice} ${look}`);
  });

  it.each([
    ["requested", "Ask who gave it up."],
    ["configuration", look],
    [
      "link",
      "Look for an alert about the server; if there is none, check the T-Server and the switch.",
    ],
    ["service", "Read the T-Server's log of that time: a service is missing."],
    ["capacity", "Read the T-Server's log of that time: a licence or a resource is missing."],
    ["other", "Read the bridge's log: did it register the DN, and what was the answer?"],
    ["none-given", "Read the bridge's log: did it register the DN, and what was the answer?"],
  ] as const)("says where to look for the cause: %s", (category, expected) => {
    const { advice } = lossText(buildLoss({ reason: { category, evidence: "e" } }), lost);
    expect(advice).toBe(`Its calls are not reported. ${expected}`);
  });

  it("gives the evidence where there is no cause as text", () => {
    const { reason } = buildLoss();
    expect(readHeadline(lossText(buildLoss(), lost))).toBe(`${begins}: ${reason.evidence}`);
  });

  it("says that it flaps", () => {
    const text = flappingText(loss, { relapses: 3, openedAt: baseTime });
    expect(readHeadline(text)).toBe(
      `bridge-a lost DN 7001 4 times since 02:58 UTC (flapping)${cause}`,
    );
    expect(text.advice).toBe(`It comes back and is lost again. ${look}`);
  });

  it.each([
    [
      statusAfter(registered({ time: baseTime + 60_000_000 }), registered(b)),
      "registered",
      "DN 7001 seen again by bridge-a and bridge-b since 02:59 UTC",
    ],
    [
      statusAfter(registered(), unregistered({ time: baseTime + 1, referenceID: 7 })),
      "requested",
      "DN 7001 of bridge-a was registered again, then given up on request at 02:58 UTC",
    ],
    [lost, "registered", "DN 7001 of bridge-a was seen again"],
    [undefined, "requested", "DN 7001 of bridge-a was seen again"],
    [lost, "retired", "DN 7001 of bridge-a was retired"],
  ] as const)("says how it has ended", (status, endedBy, expected) => {
    expect(readHeadline(lossEndText(loss, status, endedBy))).toBe(expected);
  });
});

describe("what an incident says", () => {
  const incident = {
    severity: "critical" as const,
    count: 1_037,
    causes: [{ cause: "DN is not configured in CME (59)", count: 1_037 }],
    dns: [buildMember(), buildMember({ thisDN: "7002", applications: ["bridge-b", "bridge-a"] })],
    firstLostAt: baseTime,
    lastLostAt: baseTime,
    flapping: false,
  };
  const cause = "DN is not configured in CME (59)";
  const one = "So many at once usually have one cause: undo that one change.";

  it.each<[Partial<Parameters<typeof incidentText>[0]>, string]>([
    [{}, `1,037 DNs at 02:58 UTC: ${cause}`],
    [{ count: 1 }, `1 DN at 02:58 UTC: ${cause}`],
    [{ lastLostAt: baseTime + 600_000_000 }, `1,037 DNs since 02:58 UTC: ${cause}`],
    [{ severity: "warning" }, `1,037 DNs at 02:58 UTC, others still see them: ${cause}`],
    [{ flapping: true }, `1,037 DNs at 02:58 UTC (flapping): ${cause}`],
    [
      { causes: [...incident.causes, { cause: "x", count: 1 }] },
      `1,037 DNs at 02:58 UTC: mostly ${cause}`,
    ],
    [
      {
        causes: [],
        firstLostAt: undefined,
        lastLostAt: undefined,
        openedAt: baseTime + 60_000_000,
      },
      "1,037 DNs at 02:59 UTC: no cause given",
    ],
  ])("says whose, how many, when and why: %j", (changes, expected) => {
    expect(readHeadline(incidentText({ ...incident, ...changes }))).toBe(
      `bridge-a and bridge-b lost ${expected}`,
    );
  });

  it("says what that means and what to do", () => {
    expect(incidentText(incident).advice).toBe(
      `Their calls are not reported. ${one} Of the first: ${look}`,
    );
    expect(incidentText({ ...incident, severity: "warning", dns: [] }).advice).toBe(
      `Others still see their calls. ${one}`,
    );
  });

  it.each([
    [["registered"], { firstLostAt: baseTime }, "registered again"],
    [
      ["registered", "retired", "else"],
      { openedAt: baseTime },
      "registered again or retired or else",
    ],
    [["requested"], { firstLostAt: baseTime }, "given up on request"],
    [[], { firstLostAt: baseTime }, "seen again"],
  ])("says how it has ended: %j", (resolutions, begun, expected) => {
    const { dns } = incident;
    expect(readHeadline(incidentEndText({ count: 37, dns, ...begun }, resolutions))).toBe(
      `no DN of bridge-a and bridge-b is missing any more: 37 DNs lost since 02:58 UTC, ${expected}`,
    );
  });
});

describe("a title", () => {
  const text: AlertText = { headline: ["bridge-a silent since ", { at: baseTime }] };
  const titleFor = (event: AlertEventType, changes: Partial<Alert> = {}, more = {}) =>
    alertTitle({ ...buildAlert({ text }), ...changes }, event, { ...reading, ...more });
  const says = "SIPTS750: bridge-a silent since 02:58 UTC";

  it.each<[AlertEventType, Partial<Alert>, string]>([
    ["alert.opened", {}, `OPEN ${says}`],
    ["alert.updated", {}, `UPDATE ${says}`],
    ["alert.acknowledged", { acknowledgement: { author: "ann", note: "" } }, `ACK ann ${says}`],
    [
      "alert.acknowledged",
      { acknowledgement: { author: "crm", onBehalfOf: "ann", note: "" } },
      `ACK ann ${says}`,
    ],
    ["alert.acknowledged", {}, `ACK ${says}`],
    ["alert.resolved", {}, `RESOLVED ${says}`],
  ])("begins with what happened: %s, %j", (event, changes, expected) => {
    expect(titleFor(event, changes)).toBe(expected);
  });

  const hour = 3_600_000_000;
  it.each([
    ["UTC", 21 * hour, "02:58 UTC"],
    ["UTC", 22 * hour, "2026-11-20 02:58 UTC"],
    ["UTC", -3 * hour, "2026-11-20 02:58 UTC"],
    ["America/New_York", hour, "02:58 UTC (21:58 EST)"],
    ["America/New_York", 3 * hour, "2026-11-20 02:58 UTC (2026-11-19 21:58 EST)"],
    ["Europe/Berlin", hour, "02:58 UTC (03:58 CET)"],
    ["Europe/Berlin", 24 * hour, "2026-11-20 02:58 UTC (03:58 CET)"],
    ["Asia/Tokyo", hour, "02:58 UTC (11:58 UTC+9)"],
  ])(
    "has times in UTC and in the stage's zone, with the date where that is not today's there: %s, %i",
    (name, later, time) => {
      const more = { zone: createZone(name), now: baseTime + later };
      expect(titleFor("alert.opened", {}, more)).toBe(
        `OPEN SIPTS750: bridge-a silent since ${time}`,
      );
    },
  );
});

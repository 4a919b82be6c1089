import { describe, expect, it } from "vitest";
import { incidentEndTitle, incidentTitle } from "../../../lambda/domain/alerting/incident-title.ts";
import {
  flappingTitle,
  lossEndTitle,
  lossTitle,
} from "../../../lambda/domain/alerting/loss-title.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";

const b = { application: "bridge-b" };
const loss = buildLoss({ cause: "DN is not configured in CME (59)" });
const lost = statusAfter(unregistered({ errorCode: 59 }));

describe("the title of an alert about a single DN", () => {
  it.each([
    [lost, undefined, "Its calls are not reported."],
    [undefined, undefined, "Its calls are not reported."],
    [statusAfter(unregistered(), registered(b)), undefined, "Still seen by bridge-b."],
    [
      applyStaleness(statusAfter(unregistered(), registered(b)), "bridge-b", true, baseTime),
      undefined,
      "Its calls may not be reported: there is no word from bridge-b.",
    ],
    [lost, { registeredOn: ["SIPTS2"] }, "Its calls are not reported. Now registered on SIPTS2."],
  ])("says who lost what, where, when and why, and what it means", (status, elsewhere, end) => {
    expect(lossTitle(loss, status, elsewhere)).toBe(
      `bridge-a lost DN 7001 on SIPTS750 at 02:58 UTC: DN is not configured in CME (59). ${end}`,
    );
  });

  it("gives the evidence where there is no cause as text", () => {
    expect(lossTitle(buildLoss(), lost)).toContain(": no ReferenceID, no ErrorCode. ");
  });

  it("says that it flaps", () => {
    expect(flappingTitle(loss, { relapses: 3, openedAt: baseTime })).toBe(
      "DN 7001 on SIPTS750 is flapping: lost 4 times since 02:58 UTC, last by bridge-a: DN is not configured in CME (59).",
    );
  });

  it.each([
    [
      statusAfter(registered({ time: baseTime + 60_000_000 }), registered(b)),
      "registered",
      "has been seen again by bridge-a and bridge-b since 02:59 UTC.",
    ],
    [
      statusAfter(registered(), unregistered({ time: baseTime + 1, referenceID: 7 })),
      "requested",
      "was registered again, then given up on request at 02:58 UTC.",
    ],
    [lost, "registered", "was seen again."],
    [undefined, "requested", "was seen again."],
    [lost, "retired", "was retired."],
  ] as const)("says how it has ended", (status, endedBy, expected) => {
    expect(lossEndTitle(loss, status, endedBy)).toBe(`DN 7001 on SIPTS750 ${expected}`);
  });
});

describe("the title of an incident", () => {
  const incident = {
    server: "SIPTS750",
    severity: "critical" as const,
    count: 37,
    causes: [{ cause: "DN is not configured in CME (59)", count: 37 }],
    firstLostAt: baseTime,
    lastLostAt: baseTime,
  };

  it.each([
    [{}, "37 DNs at 02:58 UTC: DN is not configured in CME (59). Their calls are not reported."],
    [
      { count: 1 },
      "1 DN at 02:58 UTC: DN is not configured in CME (59). Their calls are not reported.",
    ],
    [
      { lastLostAt: baseTime + 600_000_000, severity: "warning" as const },
      "37 DNs between 02:58 and 03:08 UTC: DN is not configured in CME (59). Other applications still see them.",
    ],
    [
      { causes: [...incident.causes, { cause: "other", count: 1 }], lastLostAt: undefined },
      "37 DNs at 02:58 UTC: mostly DN is not configured in CME (59). Their calls are not reported.",
    ],
    [
      { causes: [], firstLostAt: undefined },
      "37 DNs between 00:00 and 02:58 UTC: no cause given. Their calls are not reported.",
    ],
  ])("says how many, when and why", (changes, expected) => {
    expect(incidentTitle({ ...incident, ...changes })).toBe(`SIPTS750 lost ${expected}`);
  });

  it.each([
    [["registered"], "02:58", "registered again"],
    [["registered", "retired", "else"], "02:58", "registered again or retired or else"],
    [[], "00:00", "seen again"],
  ])("says how it has ended", (resolutions, since, expected) => {
    const begun = since === "00:00" ? { firstLostAt: undefined } : {};
    expect(incidentEndTitle({ ...incident, ...begun }, resolutions)).toBe(
      `No DN is missing any more on SIPTS750: 37 DNs lost since ${since} UTC, ${expected}.`,
    );
  });
});

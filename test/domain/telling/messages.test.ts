import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { toAlertMessage } from "../../../lambda/domain/telling/alert-message.ts";
import { lossTitle } from "../../../lambda/domain/telling/alert-title.ts";
import { toChangeMessage } from "../../../lambda/domain/telling/change-message.ts";
import { arbitraryEventOfMany } from "../../support/arbitrary-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";

const clock = baseTime + 5_000_000;
const b = { application: "bridge-b" };
const at = (offset: number) => ({ time: baseTime + offset });
const runbook = "https://runbooks.example/dn";

/** The two images of the last write, when each event is one write. */
const images = (...events: RegistrationEvent[]) => {
  let before: RegistrationStatus | undefined;
  let after: RegistrationStatus | undefined;
  for (const event of events) {
    before = after;
    after = advance(before, [event], clock);
  }
  if (after === undefined) throw new Error("no event");
  return { before, after };
};
const changeOf = (...events: RegistrationEvent[]) => {
  const { before, after } = images(...events);
  return toChangeMessage(before, after);
};
const alertOf = (...events: RegistrationEvent[]) => {
  const { before, after } = images(...events);
  return toAlertMessage(before, after, runbook);
};

describe("toChangeMessage", () => {
  it("is a CloudEvent about the registration", () => {
    const message = changeOf(registered({ customerID: "acme", agentID: "4711" }));
    expect(message.event).toEqual({
      specversion: "1.0",
      id: "change/SIPTS750/7001/000000000001",
      source: "/servers/SIPTS750",
      type: "registration.registered",
      subject: "7001",
      time: "2026-11-20T02:58:05.123456Z",
      sequence: "000000000001",
      datacontenttype: "application/json",
      data: {
        thisDN: "7001",
        server: "SIPTS750",
        status: "registered",
        statusSince: "2026-11-20T02:58:00.123456Z",
        changedAt: "2026-11-20T02:58:05.123456Z",
        confirmedAt: "2026-11-20T02:58:00.123456Z",
        addressType: "AddressTypeDN",
        customerID: "acme",
        applications: [
          {
            name: "bridge-a",
            status: "registered",
            statusSince: "2026-11-20T02:58:00.123456Z",
            confirmedAt: "2026-11-20T02:58:00.123456Z",
            agentID: "4711",
          },
        ],
        application: "bridge-a",
      },
    });
    expect(message.attributes).toEqual({
      type: "registration.registered",
      server: "SIPTS750",
      application: "bridge-a",
      thisDN: "7001",
      verdict: undefined,
      customerID: "acme",
    });
    expect(message.subject).toBe("DN 7001 on SIPTS750 is registered: bridge-a");
  });

  it.each<[string, RegistrationEvent[], string, string | undefined]>([
    ["the first application comes", [registered()], "registered", undefined],
    ["it comes back", [unregistered(), registered(at(1))], "registered", "unregistered"],
    ["the last one goes", [registered(), unregistered(at(1))], "unregistered", "registered"],
    ["the first news is a loss", [unregistered()], "unregistered", undefined],
    ["another application comes", [registered(), registered(b)], "updated", "registered"],
    [
      "another application goes",
      [registered(), registered(b), unregistered({ ...b, ...at(1) })],
      "updated",
      "registered",
    ],
    [
      "the address type changes",
      [registered(), registered({ ...at(1), addressType: "AddressTypeACDGroup" })],
      "updated",
      "registered",
    ],
    [
      "an expected end turns out unexpected",
      [unregistered({ ...at(2), referenceID: 1 }), unregistered(at(1))],
      "updated",
      "unregistered",
    ],
  ])("has its type when %s", (_, events, type, previousStatus) => {
    const message = changeOf(...events);
    expect(message.event.type).toBe(`registration.${type}`);
    expect(message.event.data).toEqual(
      previousStatus === undefined
        ? expect.not.objectContaining({ previousStatus: expect.anything() })
        : expect.objectContaining({ previousStatus }),
    );
  });

  it("carries the verdict for filter policies and the reason for readers", () => {
    const message = changeOf(registered(), unregistered({ ...at(1), errorCode: 59 }));
    expect(message.attributes["verdict"]).toBe("unexpected");
    expect(message.event.data).toMatchObject({
      verdict: "unexpected",
      reason: { errorSymbol: "TERR_NOT_CONFIGURED" },
      applications: [{ name: "bridge-a", verdict: "unexpected" }],
    });
  });

  it("encodes what a URI cannot carry, and makes the subject printable", () => {
    const odd = { server: "TS 1/ä", thisDN: "+49/ü" };
    const { event, subject } = changeOf(registered(odd));
    expect(event.source).toBe("/servers/TS%201%2F%C3%A4");
    expect(event.id).toBe("change/TS%201%2F%C3%A4/%2B49%2F%C3%BC/000000000001");
    expect(subject).toBe("DN +49/? on TS 1/? is registered: bridge-a");
  });

  it("keeps the subject within 99 characters", () => {
    const { subject } = changeOf(registered({ thisDN: "7".repeat(255) }));
    expect(subject).toHaveLength(99);
    expect(subject.endsWith("...")).toBe(true);
  });

  it("has ids that sort as text and differ for each write", () => {
    const first = changeOf(registered());
    const second = changeOf(registered(), unregistered(at(1)));
    expect(second.event.id).not.toBe(first.event.id);
    expect(second.event.sequence > first.event.sequence).toBe(true);
  });
});

describe("toAlertMessage", () => {
  const loss = unregistered({
    ...at(1),
    errorCode: 59,
    errorMessage: "DN is not configured in CME",
    customerID: "acme",
  });

  it("opens with who lost what, where, when and why", () => {
    const message = alertOf(registered(), loss);
    const title =
      "bridge-a lost DN 7001 on SIPTS750 at 02:58 UTC: DN is not configured in CME (59). Its calls are not reported.";
    expect(message?.event).toMatchObject({
      id: "alert/SIPTS750/7001/000000000002",
      type: "alert.opened",
      subject: "7001",
      data: {
        alertId: `alert-${loss.id}`,
        kind: "dn",
        severity: "critical",
        server: "SIPTS750",
        count: 1,
        dns: [
          {
            thisDN: "7001",
            applications: ["bridge-a"],
            statusSince: "2026-11-20T02:58:00.123457Z",
            reason: { evidence: "no ReferenceID; ErrorCode 59: DN is not configured in CME" },
          },
        ],
        title,
        openedAt: "2026-11-20T02:58:05.123456Z",
        runbookUrl: runbook,
      },
    });
    expect(message?.event.data).not.toHaveProperty("resolvedAt");
    expect(message?.attributes).toEqual({
      type: "alert.opened",
      server: "SIPTS750",
      kind: "dn",
      severity: "critical",
      customerID: "acme",
    });
    expect(message?.subject).toBe(`${title.slice(0, 96)}...`);
  });

  it("is a warning while another application still sees the DN, and says which", () => {
    const message = alertOf(registered(), registered(b), unregistered(at(1)));
    expect(message?.event.data).toMatchObject({
      severity: "warning",
      title:
        "bridge-a lost DN 7001 on SIPTS750 at 02:58 UTC: no cause given. Still seen by bridge-b.",
    });
  });

  it("is updated when the last application goes, and again when one comes back", () => {
    const story = [
      registered(),
      registered(b),
      unregistered(at(1)),
      unregistered({ ...b, ...at(2), errorCode: 109 }),
    ];
    expect(alertOf(...story)).toMatchObject({
      event: {
        type: "alert.updated",
        data: {
          alertId: `alert-${unregistered(at(1)).id}`,
          severity: "critical",
          dns: [{ applications: ["bridge-a", "bridge-b"] }],
          title:
            "bridge-a and bridge-b lost DN 7001 on SIPTS750 at 02:58 UTC: Link down or bad link specified (109). Its calls are not reported.",
        },
      },
    });
    expect(alertOf(...story, registered(at(9)))).toMatchObject({
      event: { type: "alert.updated", data: { severity: "warning" } },
    });
  });

  it("is resolved when everybody is back, with the name that it was opened with", () => {
    const message = alertOf(registered(), loss, registered(at(60_000_000)));
    expect(message?.event).toMatchObject({
      type: "alert.resolved",
      data: {
        alertId: `alert-${loss.id}`,
        severity: "critical",
        dns: [{ thisDN: "7001", applications: ["bridge-a"], reason: { errorCode: 59 } }],
        openedAt: "2026-11-20T02:58:05.123456Z",
        resolvedAt: "2026-11-20T02:58:05.123456Z",
        resolution: "registered",
        title: "DN 7001 on SIPTS750 is seen again by bridge-a since 02:59 UTC.",
      },
    });
  });

  it("is resolved, too, when everybody is back and gone by request in one write", () => {
    const { after: before } = images(registered(), loss);
    const end = [registered(at(5)), unregistered({ ...at(9), referenceID: 3 })] as const;
    const message = toAlertMessage(before, advance(before, end, clock), runbook);
    expect(message?.event).toMatchObject({
      type: "alert.resolved",
      data: {
        resolution: "requested",
        title: "DN 7001 on SIPTS750 was registered again, then given up by request at 02:58 UTC.",
      },
    });
  });

  it("never fails: whatever two writes follow each other, there is a change or an alert to tell", () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryEventOfMany, { minLength: 1, maxLength: 4 }),
        fc.array(arbitraryEventOfMany, { minLength: 1, maxLength: 4 }),
        (first, second) => {
          const ofOneDn = (events: RegistrationEvent[]) =>
            events.map((event) => ({ ...event, thisDN: "7001", server: "SIPTS750" }));
          const [a, ...more] = ofOneDn(first);
          const [b, ...rest] = ofOneDn(second);
          if (a === undefined || b === undefined) return;
          const before = advance(undefined, [a, ...more], clock);
          const after = advance(before, [b, ...rest], clock + 1);
          expect(toChangeMessage(before, after).subject.length).toBeLessThanOrEqual(99);
          expect((toAlertMessage(before, after, runbook)?.subject ?? "").length).toBeLessThan(100);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each<[string, RegistrationEvent[]]>([
    ["a registration", [registered()]],
    ["a requested end", [registered(), unregistered({ ...at(1), referenceID: 3 })]],
    ["a refresh", [registered(), registered(at(1))]],
    [
      "a repeated loss",
      [loss, unregistered({ ...at(2), errorCode: 59, errorMessage: loss.errorMessage })],
    ],
    [
      "another application's coming beside a loss that was warned of",
      [registered(), registered(b), unregistered(at(1)), registered({ application: "bridge-c" })],
    ],
  ])("is silent for %s", (_, events) => {
    expect(alertOf(...events)).toBeUndefined();
  });

  it("leaves the runbook out where there is none", () => {
    const { before, after } = images(loss);
    expect(toAlertMessage(before, after, undefined)?.event.data).not.toHaveProperty("runbookUrl");
  });
});

describe("lossTitle", () => {
  it("has nothing to say where nothing is lost", () => {
    expect(lossTitle(images(registered()).after)).toBe("");
  });
});

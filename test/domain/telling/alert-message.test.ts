import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { toAlertMessage } from "../../../lambda/domain/telling/alert-message.ts";
import { lossTitle } from "../../../lambda/domain/telling/alert-title.ts";
import { toChangeMessage } from "../../../lambda/domain/telling/change-message.ts";
import { arbitraryEventOfMany } from "../../support/arbitrary-event.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { clock, images } from "../../support/status-images.ts";

const b = { application: "bridge-b" };
const at = (offset: number) => ({ time: baseTime + offset });
const runbook = "https://runbooks.example/dn";

const alertOf = (...events: RegistrationEvent[]) => {
  const { before, after } = images(...events);
  return toAlertMessage(before, after, runbook);
};

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

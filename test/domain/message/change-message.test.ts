import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { toChangeMessage } from "../../../lambda/domain/message/change-message.ts";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { baseTime, registered, retired, unregistered } from "../../support/build-event.ts";
import { images } from "../../support/status-images.ts";

const b = { application: "bridge-b" };
const at = (offset: number) => ({ time: baseTime + offset });
const changeOf = (...events: RegistrationEvent[]) => {
  const { before, after } = images(...events);
  return toChangeMessage(before, after);
};

describe("toChangeMessage", () => {
  it("is a CloudEvent about the registration", () => {
    const message = changeOf(registered({ customerID: "acme", agentID: "4711" }));
    expect(message.event).toEqual({
      specversion: "1.0",
      id: "change/SIPTS750/7001/1795143485123456",
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
    ["the first event is a loss", [unregistered()], "unregistered", undefined],
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
      "an expected end turns out to be unexpected",
      [unregistered({ ...at(2), referenceID: 1 }), unregistered(at(1))],
      "updated",
      "unregistered",
    ],
    ["it is retired", [registered(), retired(at(1))], "retired", "registered"],
    ["it is retired after a loss", [unregistered(), retired(at(1))], "retired", "unregistered"],
    [
      "it comes back after it was retired",
      [registered(), retired(at(1)), registered(at(2))],
      "registered",
      "unregistered",
    ],
    [
      "one of two applications is retired",
      [registered(), registered(b), retired(at(1))],
      "updated",
      "registered",
    ],
    [
      "the registered one of two is retired",
      [registered(), unregistered(b), retired(at(1))],
      "unregistered",
      "registered",
    ],
    [
      "the second of two is retired",
      [registered(), registered(b), retired(at(1)), retired({ ...b, ...at(2) })],
      "retired",
      "registered",
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

  it("has the present status in its subject, where that has not changed", () => {
    const { subject } = changeOf(registered(), registered(b));
    expect(subject).toBe("DN 7001 on SIPTS750 is registered (updated): bridge-b");
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

  it("says that it is retired, and whose registration it was", () => {
    const { event, subject, attributes } = changeOf(registered(), retired(at(1)));
    expect(subject).toBe("DN 7001 on SIPTS750 is retired: bridge-a");
    expect(attributes).toMatchObject({ type: "registration.retired", verdict: "expected" });
    expect(event.data).toMatchObject({ status: "unregistered", application: "bridge-a" });
  });

  it("reports a registration that reads stale", () => {
    const { after } = images(registered());
    const { event } = toChangeMessage(after, applyStaleness(after, "bridge-a", true, baseTime));
    expect(event.type).toBe("registration.updated");
    expect(event.data).toMatchObject({
      status: "registered",
      applications: [{ name: "bridge-a", status: "registered", stale: true }],
    });
  });

  it("encodes what a URI cannot carry, and makes the subject printable", () => {
    const odd = { server: "TS 1/ä", thisDN: "+49/ü" };
    const { event, subject } = changeOf(registered(odd));
    expect(event.source).toBe("/servers/TS%201%2F%C3%A4");
    expect(event.id).toBe("change/TS%201%2F%C3%A4/%2B49%2F%C3%BC/1795143485123456");
    expect(subject).toBe("DN +49/? on TS 1/? is registered: bridge-a");
  });

  it("keeps the subject within 99 characters", () => {
    const { subject } = changeOf(registered({ thisDN: "7".repeat(255) }));
    expect(subject).toHaveLength(99);
    expect(subject.endsWith("...")).toBe(true);
  });

  it("has ids and a sequence that sort as text and differ for each change, within a microsecond too", () => {
    const first = changeOf(registered());
    const second = changeOf(registered(), unregistered(at(1)));
    expect(second.event.id > first.event.id).toBe(true);
    expect(second.event.sequence > first.event.sequence).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import { findPastStatus } from "../../../lambda/domain/status/past-status.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { findPast, rowsOf, shown, statusOf } from "../../support/past-history.ts";

const start = Math.floor(baseTime / 1_000_000) * 1_000_000;
const second = (seconds: number): number => start + seconds * 1_000_000;
const at = (seconds: number) => ({ time: second(seconds) });
const missed = (seconds: number, derived: "reconnect" | "disconnect") =>
  unregistered({ ...at(seconds), derived });
const retired = (seconds: number) => ({
  ...registered(at(seconds)),
  event: "Retired" as const,
  id: `retired ${seconds}`,
});

describe("a registration that came again in a later session", () => {
  it("was renewed by that until its end, though the history has the row of its first coming", () => {
    const first = registered(at(0));
    const again = { ...first, session: second(6) };
    const events = [first, missed(5, "reconnect"), again, unregistered(at(10)), retired(20)];
    expect(findPast(events, second(15))).toMatchObject({
      statusSince: second(10),
      applications: { "bridge-a": { statusSince: second(10) } },
    });
  });
});

describe("a missed registration", () => {
  const events = [
    registered({ ...at(0), session: second(1.5) }),
    missed(1.2, "reconnect"),
    registered({ ...at(1.999_999), agentID: "4711" }),
    retired(2.5),
  ];

  it("is no end for certain: an older registration may have been renewed", () => {
    expect(findPast(events, second(2), second(0))).toBeUndefined();
    expect(findPast(events, second(2))).toMatchObject({ statusSince: second(0) });
  });
});

describe("a gap that came to light later", () => {
  const events = [
    registered(at(0)),
    registered({ ...at(0.999_999), session: second(3) }),
    missed(3, "reconnect"),
    registered({ ...at(3), application: "bridge-b" }),
  ];

  it("moves the beginning that the status has now, but not the one of then", () => {
    expect(statusOf(events)).toMatchObject({ statusSince: second(0.999_999) });
    expect(findPast(events, second(0.999_999))).toMatchObject({ statusSince: second(0) });
  });

  it("leaves the beginning of another application, which the history has dropped", () => {
    const b = { application: "bridge-b" };
    const others = [registered({ ...b, ...at(9) }), { ...missed(10, "reconnect"), ...b }];
    const refresh = registered({ ...at(20), agentID: "4711" });
    const status = statusOf([registered(at(0)), ...others, refresh]);
    const everything = { at: second(5), from: Number.NEGATIVE_INFINITY };
    expect(findPastStatus(status, [], everything)).toMatchObject({ statusSince: second(0) });
  });
});

describe("an end that was asked for", () => {
  const events = [
    missed(1, "reconnect"),
    registered({ ...at(0.5), session: second(3) }),
    unregistered({ ...at(1), referenceID: 1 }),
    unregistered(at(2)),
    unregistered(at(0.7)),
  ];

  it("may stand before a loss that was not seen, though a missed one was seen", () => {
    expect(findPast(events, second(1), second(0.999_999))).toBeUndefined();
    const past = findPast(events, second(1));
    expect(past && past !== "absent" && shown(past)).toMatchObject({ verdict: "unexpected" });
  });
});

describe("a retirement that came late", () => {
  it("had ended a registration that has come back", () => {
    const events = [registered(at(0)), registered({ ...at(2), agentID: "4711" }), retired(1)];
    expect(findPast(events, second(1))).toMatchObject({
      statusSince: second(1),
      applications: { "bridge-a": { statusSince: second(1) } },
    });
  });
});

describe("a DN that one application saw, before another one came", () => {
  it("is registered since that application was, after a break that came to light late", () => {
    const events = [
      unregistered(at(1.5)),
      registered({ ...at(1.3), application: "bridge-b" }),
      registered({ ...at(1.2), referenceID: 1 }),
      registered(at(0)),
      missed(1.2, "disconnect"),
    ];
    expect(findPast(events, second(1.2))).toMatchObject({
      statusSince: second(1.2),
      applications: { "bridge-a": { statusSince: second(1.2) } },
    });
  });
});

describe("a registration that reads stale now", () => {
  it("did not at a time that has passed, though nothing has changed since", () => {
    const events = [registered(at(0))];
    const stale = applyStaleness(statusOf(events), "bridge-a", true, second(9));
    expect(stale.applications["bridge-a"]).toHaveProperty("stale", true);
    const view = { at: second(5), from: Number.NEGATIVE_INFINITY };
    const past = findPastStatus(stale, rowsOf(events), view);
    expect(past && past !== "absent" && shown(past).applications[0]).toEqual({
      name: "bridge-a",
      status: "registered",
      statusSince: expect.any(String),
      confirmedAt: expect.any(String),
    });
  });
});

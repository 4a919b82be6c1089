import { describe, expect, it } from "vitest";
import { openers } from "../../../lambda/domain/request/body.ts";
import { readEnvelope } from "../../../lambda/domain/request/envelope.ts";
import { baseTime } from "../../support/build-event.ts";

const session = { id: "s", startedAt: "2026-11-20T02:58:00.123456Z" };

describe("an envelope", () => {
  it("has session, count, stop and server", () => {
    const members = { serverName: "S", session, registered: 5, closing: true, events: [] };
    expect(readEnvelope(members, baseTime)).toEqual({
      serverName: { pointer: "/serverName", value: "S" },
      session: { id: "s", startedAt: baseTime },
      registered: 5,
      closing: true,
    });
  });

  it.each([
    ["nothing", {}],
    ["null", { serverName: null, session: null, registered: null, closing: null }],
    ["empty strings", { serverName: "", session: "", registered: "", closing: "" }],
  ])("may leave everything out: %s", (_, members) => {
    expect(
      Object.values(readEnvelope(members, baseTime)).filter((one) => one !== undefined),
    ).toEqual([]);
  });

  it.each([
    ["seconds and microseconds", { sec: 1_795_143_480, usec: 123_456 }, baseTime],
    ["an offset", "2026-11-20T03:58:00.123456+01:00", baseTime],
    ["a clock that is an hour ahead", "2026-11-20T03:58:00Z", baseTime + 3600e6 - 123_456],
  ])("reads the start of a session as %s", (_, startedAt, expected) => {
    const read = readEnvelope({ session: { id: "s", startedAt, more: 1 } }, baseTime);
    expect(read).toMatchObject({ session: { startedAt: expected } });
  });

  it("reads a count from decimal text", () => {
    expect(readEnvelope({ registered: "1180", closing: false }, baseTime)).toMatchObject({
      registered: 1180,
      closing: false,
    });
  });

  it.each([
    ["/session ", { session: "s" }],
    ["/session/id ", { session: { startedAt: session.startedAt } }],
    ["/session/id ", { session: { ...session, id: "" } }],
    ["/session/id ", { session: { ...session, id: 5 } }],
    ["/session/id ", { session: { ...session, id: "x".repeat(129) } }],
    ["/session/id ", { session: { ...session, id: "a\n" } }],
    ["/session/startedAt ", { session: { id: "s" } }],
    [
      "/session/startedAt is a bare number: give ",
      { session: { id: "s", startedAt: 1_795_143_480 } },
    ],
    [
      "/session/startedAt has no offset: end it with Z",
      { session: { id: "s", startedAt: "2026-11-20T03:00:00" } },
    ],
    [
      "/session/startedAt has a sec that looks like milliseconds",
      { session: { id: "s", startedAt: { sec: 1_795_143_480_123 } } },
    ],
    [
      "/session/startedAt lies more than 60 minutes ahead",
      { session: { id: "s", startedAt: "2026-11-20T03:59:00Z" } },
    ],
    ["/registered ", { registered: -1 }],
    ["/registered ", { registered: 1.5 }],
    ["/registered ", { registered: "many" }],
    ["/registered ", { registered: 1e300 }],
    ["/closing ", { closing: "true" }],
  ])("is refused as a whole for %s", (pointer, members) => {
    const refusal = readEnvelope(members, baseTime);
    expect(refusal).toEqual(expect.stringContaining(pointer));
    expect(refusal).toEqual(
      expect.stringMatching(/^\/[a-zA-Z/]+ (?:must|lies|is|has) [a-zA-Z0-9 :,+{}"-]+$/),
    );
    const text = JSON.stringify({ ...members, events: [{}] });
    expect(openers.get("application/json")?.(text, baseTime)).toEqual({
      kind: "not-an-envelope",
      detail: refusal,
    });
  });

  it("is refused as a heartbeat whose server has no name, but not with events, which are rejected one by one", () => {
    const open = (members: object) =>
      openers.get("application/json")?.(JSON.stringify(members), baseTime).kind;
    expect(open({ serverName: 5 })).toBe("not-an-envelope");
    expect(open({ serverName: 5, events: [{}] })).toBe("entries");
    expect(open({ serverName: "", events: [] })).toBe("entries");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hearEvent } from "../../bridge/hear-event.ts";
import type { SourceEvent } from "../../bridge/source-event.ts";
import type { FollowedServer } from "../../bridge/spool/followed-servers.ts";

const session = (second: number): string =>
  JSON.stringify({ id: `s${second}`, startedAt: `2026-11-18T08:00:0${second}Z` });
const event = (more: Partial<SourceEvent> = {}): SourceEvent => ({
  text: "{}",
  where: "f",
  form: "json",
  ...more,
});
const heartbeat = (more: Partial<SourceEvent> = {}) => event({ form: "heartbeat", ...more });
const knownAfter = (...events: readonly SourceEvent[]): FollowedServer | undefined =>
  events.reduce<FollowedServer | undefined>((server, one) => hearEvent(server, one), undefined);

describe("what is known of a T-Server from a followed file", () => {
  it("has the newest session, whatever comes late", () => {
    const of = (second: number) => event({ session: session(second) });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (seconds) => {
        const known = knownAfter(...seconds.map(of), event());
        expect(known?.session).toBe(session(Math.max(...seconds)));
      }),
    );
  });

  it("has no session where the file gives none", () => {
    expect(knownAfter(event(), heartbeat())).not.toHaveProperty("session");
  });

  it("is closed by the last envelope, not by one of a session that is over, until there is more", () => {
    const closing = heartbeat({ session: session(1), closing: "true" });
    expect(knownAfter(closing)?.isClosed).toBe(true);
    expect(knownAfter(closing, event())?.isClosed).toBe(false);
    expect(knownAfter(event({ session: session(2) }), closing)?.isClosed).toBe(false);
  });

  it("is spoken for by its writer once that sends heartbeats, until it reconnects", () => {
    const begins = heartbeat({ session: session(1) });
    expect(knownAfter(begins)?.isSpeaking).toBe(false);
    expect(knownAfter(begins, begins)?.isSpeaking).toBe(true);
    expect(knownAfter(begins, begins, event())?.isSpeaking).toBe(true);
    expect(knownAfter(event(), heartbeat())?.isSpeaking).toBe(true);
    expect(knownAfter(begins, heartbeat({ closing: "true" }))?.isSpeaking).toBe(false);
    expect(knownAfter(begins, begins, event({ session: session(2) }))?.isSpeaking).toBe(false);
  });

  it.each([
    ["an event", event(), false],
    ["an event in a session", event({ session: session(1) }), true],
    ["a number of DNs", event({ registered: "7" }), true],
    ["a heartbeat", heartbeat(), true],
  ])("is watched by the adapter, or not, after %s", (_, one, isWatched) => {
    expect(knownAfter(one)?.isWatched).toBe(isWatched);
    expect(knownAfter(one, event())?.isWatched).toBe(isWatched);
  });
});

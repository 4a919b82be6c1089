import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import type { ConnectionReport } from "../../../lambda/domain/connection/connection-report.ts";
import { hasChanged, joinReport } from "../../../lambda/domain/connection/join-report.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildReport, connectionEvent } from "../../support/build-report.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const second = 1_000_000;
const seen = (changes: Partial<ConnectionReport> = {}, before?: Connection) =>
  joinReport(before, buildReport(changes), defaultRules);
const later = (before: Connection, changes: Partial<ConnectionReport> = {}, seconds = 1) =>
  seen({ at: baseTime + seconds * second, ...changes }, before);
const session = (id: string, startedAt = baseTime) => ({ id, startedAt });

describe("reporting on a connection", () => {
  it("makes it known with its first request", () => {
    expect(seen()).toMatchObject({
      server: "SIPTS750",
      application: "bridge-a",
      revision: 1,
      seenAt: baseTime,
      watched: false,
      sweeps: [],
    });
  });

  it("is worth a write after ten seconds, otherwise only for a change", () => {
    const before = seen();
    expect(later(before, {}, 9.9)).toBe(before);
    expect(later(before, {}, 10)).toMatchObject({ revision: 2, seenAt: baseTime + 10 * second });
  });

  it("is worth one sooner where silence is judged sooner", () => {
    const rules = { ...defaultRules, silenceSeconds: 6 };
    const before = seen();
    const at = (seconds: number) => buildReport({ at: baseTime + seconds * second });
    expect(joinReport(before, at(0.9), rules)).toBe(before);
    expect(joinReport(before, at(1), rules)).toMatchObject({ revision: 2 });
  });

  it("does not go back where two of our clocks differ", () => {
    const before = seen();
    expect(later(before, { isHeartbeat: true }, -5).seenAt).toBe(before.seenAt);
  });

  it("watches it from its first heartbeat on", () => {
    const before = seen({ isHeartbeat: true });
    expect(before.watched).toBe(true);
    expect(later(before, {}, 10).watched).toBe(true);
    expect(later(seen(), { isHeartbeat: true })).toMatchObject({ watched: true, revision: 2 });
  });

  it("leaves it to the evaluator to find that it is no longer silent", () => {
    const silent = { ...seen(), silentSince: baseTime };
    expect(later(silent, {}, 500)).toMatchObject({
      silentSince: baseTime,
      seenAt: baseTime + 500 * second,
    });
  });

  it("closes it when the bridge says so, until it speaks again half a minute later", () => {
    const closed = seen({ isClosing: true });
    expect(closed.closedAt).toBe(baseTime);
    expect(later(closed, { isClosing: true })).toBe(closed);
    // Requests that were under way when it stopped arrive late.
    expect(later(closed, {}, 30).closedAt).toBe(baseTime);
    expect(later(closed, {}, 31)).toMatchObject({ closedAt: undefined, revision: 2 });
  });

  it("writes the number of DNs together with another change", () => {
    const before = seen({ registered: 5 });
    expect(before.registered).toEqual({ count: 5, heardAt: baseTime });
    expect(later(before, { registered: 6 })).toBe(before);
    expect(later(before, { registered: 6 }, 10).registered?.count).toBe(6);
    expect(later(before, {}, 10).registered?.count).toBe(5);
  });

  it("revives a retired one by a newer registration, not by any other message", () => {
    const retired = { ...seen(), retiredAt: baseTime };
    expect(later(retired, { isHeartbeat: true }).retiredAt).toBe(baseTime);
    expect(later(retired, { registeredAt: baseTime }, 10).retiredAt).toBe(baseTime);
    expect(later(retired, { registeredAt: baseTime + 1 }).retiredAt).toBeUndefined();
  });
});

describe("a session", () => {
  it("makes registrations before it stale, the first session too", () => {
    expect(seen({ session: session("a", baseTime - 60 * second) })).toMatchObject({
      session: { id: "a", startedAt: baseTime - 60 * second, heardAt: baseTime },
      stale: {
        since: baseTime - 60 * second,
        cause: "reconnect",
        renewBy: baseTime + 300 * second,
        done: false,
      },
    });
  });

  it("changes nothing when it comes again, even if its start has moved", () => {
    const before = seen({ session: session("a") });
    expect(later(before, { session: session("a") })).toBe(before);
    expect(later(before, { session: session("a", baseTime + 5) })).toBe(before);
  });

  it("is replaced by one that started later, never by an older one", () => {
    const before = seen({ session: session("b") });
    expect(later(before, { session: session("a", baseTime - 1) })).toBe(before);
    expect(later(before, { session: session("c", baseTime + 1) })).toMatchObject({
      session: { id: "c", heardAt: baseTime + second },
      stale: { since: baseTime + 1, renewBy: baseTime + 301 * second },
    });
  });

  it("is the same one of two that started at the same time, whichever comes first", () => {
    const [a, b] = [session("a"), session("b")];
    expect(later(seen({ session: a }), { session: b }).session?.id).toBe("b");
    expect(later(seen({ session: b }), { session: a }).session?.id).toBe("b");
  });

  it("that was closed stays closed, whatever arrives late of it or of an older one", () => {
    const closed = seen({ session: session("b"), isClosing: true });
    expect(later(closed, { session: session("b") })).toBe(closed);
    expect(later(closed, { session: session("b") }, 60).closedAt).toBe(baseTime);
    expect(later(closed, { session: session("a", baseTime - 1) }, 60).closedAt).toBe(baseTime);
  });

  it("opens a closed connection when its bridge continues it much later", () => {
    const closed = seen({ session: session("b"), isClosing: true });
    expect(later(closed, { session: session("b") }, 181).closedAt).toBeUndefined();
    expect(later(closed, { session: session("a", baseTime - 1) }, 181).closedAt).toBe(baseTime);
  });

  it("opens a closed connection at once when it is new", () => {
    const closed = seen({ session: session("b"), isClosing: true });
    const next = { session: session("c", baseTime + 1) };
    expect(later(closed, next)).toMatchObject({ closedAt: undefined, session: { id: "c" } });
    expect(later(seen({ isClosing: true }), next).closedAt).toBeUndefined();
    expect(later(closed, { ...next, isClosing: true }, 5).closedAt).toBe(baseTime + 5 * second);
  });

  it("that is over neither closes the connection nor counts its DNs", () => {
    const before = seen({ session: session("b"), registered: 5 });
    const old = { session: session("a", baseTime - 1), isClosing: true, registered: 9 };
    expect(later(before, old, 20)).toMatchObject({
      closedAt: undefined,
      registered: { count: 5 },
      session: { id: "b" },
    });
  });
});

describe("events about a connection", () => {
  it("are kept, the newest of each kind, with when we heard of it", () => {
    const down = connectionEvent("EventLinkDisconnected", baseTime + 5);
    const before = seen({ events: [connectionEvent("EventLinkDisconnected"), down] });
    expect(before.linkDown).toEqual({ at: baseTime + 5, heardAt: baseTime });
    expect(later(before, { events: [down, connectionEvent("EventLinkDisconnected")] })).toBe(
      before,
    );
    expect(before.stale).toBeUndefined();
  });

  it("make registrations stale: a disconnect at once, and a reconnect", () => {
    const down = seen({ events: [connectionEvent("EventServerDisconnected")] });
    expect(down.stale).toMatchObject({ since: baseTime, cause: "disconnect" });
    const up = later(down, { events: [connectionEvent("EventServerConnected", baseTime + 9)] });
    expect(up.stale).toMatchObject({ since: baseTime + 9, cause: "reconnect" });
    const atOnce = later(down, { events: [connectionEvent("EventServerConnected")] });
    expect(atOnce.stale).toMatchObject({ since: baseTime, cause: "reconnect" });
    const again = { events: [connectionEvent("EventServerDisconnected", baseTime + 10)] };
    expect(later(up, again).stale).toMatchObject({ since: baseTime + 10, cause: "disconnect" });
  });

  it("do not override the session, which says when it began", () => {
    const before = seen({ session: session("a") });
    const connected = { events: [connectionEvent("EventServerConnected", baseTime + 9)] };
    expect(later(before, connected).stale).toEqual(before.stale);
  });

  it("ask for one sweep for each verdict when everything is unregistered", () => {
    const all = (time: number, referenceID?: number) =>
      connectionEvent("EventUnregisteredAll", time, { referenceID });
    const events = [all(baseTime + 1), all(baseTime, 7), all(baseTime), all(baseTime + 2, 8)];
    const before = seen({ events });
    expect(before.emptied?.at).toBe(baseTime + 2);
    expect(before.sweeps.map(({ id, progressAt }) => [id, progressAt])).toEqual([
      [`empty-EventUnregisteredAll|${baseTime + 1}|`, 0],
      [`empty-EventUnregisteredAll|${baseTime + 2}|8`, 0],
    ]);
    const begun = { ...before, sweeps: before.sweeps.map((one) => ({ ...one, progressAt: 1 })) };
    expect(later(begun, { events })).toBe(begun);
    const mark = { id: "m", purpose: { kind: "mark" as const, stale: true }, progressAt: 1 };
    expect(later({ ...seen(), sweeps: [mark] }, { events }).sweeps).toHaveLength(3);
  });
});

describe("a bridge that does not get through", () => {
  const rejected = { kind: "rejected", detail: "missing" } as const;
  const clock = { kind: "clock", detail: "off", id: "AAAAAA" } as const;

  it("is recorded as blind, since the first time", () => {
    const blind = later(seen(), { health: rejected });
    expect(blind.blind).toEqual({
      cause: "rejected",
      since: baseTime + second,
      detail: "missing",
    });
    expect(later(blind, { health: rejected }, 2)).toBe(blind);
    expect(hasChanged(blind, later(blind, { health: clock }, 5))).toBe(true);
    expect(later(blind, { health: clock }, 5).blind).toEqual({
      cause: "clock",
      since: baseTime + second,
      lastAt: baseTime + 5 * second,
      detail: "off",
      ids: "AAAAAA",
    });
  });

  it.each([rejected, clock])("is recorded again, every ten seconds: $kind", (health) => {
    const once = later(seen(), { health });
    expect(later(once, { health }, 10.9)).toMatchObject({ blind: { since: baseTime + second } });
    expect(later(once, { health }, 10.9).blind).not.toHaveProperty("lastAt");
    const again = later(once, { health }, 11);
    expect(again).toMatchObject({ revision: 3, blind: { lastAt: baseTime + 11 * second } });
    expect(hasChanged(once, again)).toBe(false);
    expect(later(again, { health }, 20.9).blind?.lastAt).toBe(baseTime + 11 * second);
    expect(later(again, { health }, 21).blind?.lastAt).toBe(baseTime + 21 * second);
  });

  it("is not seen when its clock is off, because nothing of it is verified", () => {
    const blind = later(seen(), { health: clock, isHeartbeat: true }, 60);
    expect(blind).toMatchObject({ seenAt: baseTime, watched: false, blind: { cause: "clock" } });
    expect(later(blind, { health: clock }, 120)).toMatchObject({ seenAt: baseTime });
  });

  it("gets through again with a verified request, and where its events were rejected with a valid one", () => {
    const heard = { kind: "heard" } as const;
    const off = later(seen(), { health: clock });
    const bad = later(seen(), { health: rejected });
    expect(later(off, { health: heard }).blind).toBeUndefined();
    expect(later(bad, { health: heard })).toBe(bad);
    expect(later(bad).blind).toBeUndefined();
  });
});

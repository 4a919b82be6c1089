import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import type { ConnectionReport } from "../../../lambda/domain/connection/connection-report.ts";
import { joinReport } from "../../../lambda/domain/connection/join-report.ts";
import { buildReport, connectionEvent } from "../../support/build-report.ts";
import { liveKeys } from "../../support/live-keys.ts";
import { at, rulesWith } from "../../support/watching-harness.ts";

const both = liveKeys(["old", "new"]);
const rotated = liveKeys(["new"]);

/** What a key says so many seconds after the base time, joined into what is known. */
const hear = (
  keyId: string,
  seconds: number,
  said: Partial<ConnectionReport>,
  before?: Connection,
  live = both,
) => joinReport(before, buildReport({ at: at(seconds), keyId, ...said }), rulesWith(), live);
const session = (seconds: number) => ({ id: `s${seconds}`, startedAt: at(seconds) });
const events = (event: Parameters<typeof connectionEvent>[0], seconds: number) => ({
  events: [connectionEvent(event, at(seconds))],
});

describe("a report", () => {
  it("is noted with the key that signed it", () => {
    const said = { ...events("EventServerDisconnected", 5), session: session(0), isClosing: true };
    expect(hear("old", 10, said)).toMatchObject({
      serverDown: { at: at(5), heardAt: at(10), by: "old" },
      session: { id: "s0", by: "old" },
      closedAt: at(10),
      closedBy: "old",
      stale: { since: at(5), cause: "disconnect", by: "old" },
    });
  });

  it("keeps who said first what another key repeats, as long as both are live", () => {
    const before = hear("old", 10, { session: session(0), isClosing: true });
    expect(hear("new", 11, { session: session(0), isClosing: true }, before)).toBe(before);
  });

  it("takes over what the revoked key said of the same session, and renews nothing for it", () => {
    const before = hear("old", 10, { session: session(0) });
    const known = { ...before, stale: before.stale && { ...before.stale, done: true } };
    const after = hear("new", 90, { session: session(0) }, known, rotated);
    expect(after).toMatchObject({
      session: { id: "s0", by: "new" },
      stale: { since: at(0), renewBy: at(310), done: true, by: "new" },
    });
  });

  it("outranks a session and a stop that a revoked key forged", () => {
    const real = hear("new", 10, { session: session(0), registered: 5 });
    const forged = hear("old", 20, { session: session(250), isClosing: true }, real);
    expect(forged).toMatchObject({ session: { id: "s250" }, closedAt: at(20), closedBy: "old" });
    const after = hear("new", 30, { session: session(0), registered: 6 }, forged, rotated);
    expect(after).toMatchObject({
      session: { id: "s0", by: "new" },
      stale: { since: at(0), by: "new" },
      registered: { count: 6 },
    });
    expect(after.closedAt).toBeUndefined();
    expect(after.closedBy).toBeUndefined();
  });

  it("may itself say that the bridge stops", () => {
    const forged = hear("old", 20, { isClosing: true });
    const after = hear("new", 30, { isClosing: true }, forged, rotated);
    expect(after).toMatchObject({ closedAt: at(30), closedBy: "new" });
  });

  it("outranks a session that lies far ahead once it names one that has begun", () => {
    const wrong = hear("new", 10, { session: session(3000) });
    expect(hear("new", 20, { session: session(15) }, wrong).session?.id).toBe("s15");
    const near = hear("new", 10, { session: session(200) });
    expect(hear("new", 20, { session: session(15) }, near).session?.id).toBe("s200");
  });

  it("outranks a later down of a revoked key, and an up of it that lies ahead, but no past one", () => {
    const downs = hear("old", 20, events("EventLinkDisconnected", 19));
    const down = hear("new", 30, events("EventLinkDisconnected", 15), downs, rotated);
    expect(down.linkDown).toEqual({ at: at(15), heardAt: at(30), by: "new" });
    const ahead = hear("old", 20, events("EventServerConnected", 100));
    const up = hear("new", 30, events("EventServerConnected", 25), ahead, rotated);
    expect(up.serverUp).toMatchObject({ at: at(25), by: "new" });
    const past = hear("old", 20, events("EventServerConnected", 19));
    expect(hear("new", 30, events("EventServerConnected", 15), past, rotated).serverUp?.at).toBe(
      at(19),
    );
  });
});

describe("a time far ahead of our clock", () => {
  const forged = events("EventLinkDisconnected", 3000);

  it("is kept beside the newest that is not, in any order", () => {
    const past = { at: at(5), heardAt: at(10), by: "new" };
    const first = hear("new", 10, events("EventLinkDisconnected", 5));
    const then = hear("old", 20, forged, first);
    expect(then.linkDown).toEqual({ at: at(3000), heardAt: at(20), by: "old", past });
    const turned = hear("new", 10, events("EventLinkDisconnected", 5), hear("old", 20, forged));
    expect(turned.linkDown).toEqual(then.linkDown);
    const older = hear("new", 30, events("EventLinkDisconnected", 1), then);
    expect(older.linkDown).toEqual(then.linkDown);
    const newer = hear("new", 30, events("EventLinkDisconnected", 8), then);
    expect(newer.linkDown?.past?.at).toBe(at(8));
    const farther = hear("old", 30, events("EventLinkDisconnected", 3100), then);
    expect(farther.linkDown).toMatchObject({ at: at(3100), past });
    expect(hear("old", 30, forged, then).linkDown).toEqual(then.linkDown);
  });

  it("has no other beside it once one that is not far ahead is newer", () => {
    const then = hear("old", 20, forged, hear("new", 10, events("EventLinkDisconnected", 5)));
    const end = hear("new", 3010, events("EventLinkDisconnected", 3005), then);
    expect(end.linkDown).toEqual({ at: at(3005), heardAt: at(3010), by: "new" });
  });

  it("is not kept of a session, which the bridge says again when it has come", () => {
    const begun = hear("new", 10, { session: session(5) });
    const early = hear("old", 20, { session: session(3000), registered: 7 }, begun);
    expect(early).toMatchObject({ session: { id: "s5" }, stale: { since: at(5) } });
    expect(early.registered).toBeUndefined();
    const { stale } = hear("old", 3005, { session: session(3000) }, early);
    expect(stale).toMatchObject({ since: at(3000), renewBy: at(3305) });
  });

  it("hides no renewal that is due of a session that has begun", () => {
    const renewing = { since: at(5), cause: "reconnect", by: "new", done: false };
    const begun = hear("new", 10, { session: session(5) });
    const forged = hear("old", 20, events("EventServerDisconnected", 3000), begun);
    expect(forged.stale).toMatchObject(renewing);
    const first = hear("old", 10, events("EventServerDisconnected", 3000));
    expect(hear("new", 20, { session: session(5) }, first).stale).toMatchObject(renewing);
  });
});

describe("a session that a revoked key forged", () => {
  it("takes nothing from a renewal that another statement of a live key asks for", () => {
    const up = hear("new", 10, events("EventServerConnected", 5));
    const forged = hear("old", 20, { session: session(15) }, up);
    const after = hear("new", 40, { isHeartbeat: true }, forged, rotated);
    expect(after.stale).toMatchObject({ since: at(5), by: "new" });
  });
});

describe("a connection", () => {
  it("is unproven until a registration comes over it, and never again", () => {
    const named = hear("new", 0, { isHeartbeat: true });
    expect(named.unproven).toBe(true);
    const proven = hear("new", 1, { registeredAt: at(1) }, named);
    expect(proven.unproven).toBeUndefined();
    expect(hear("new", 60, { isHeartbeat: true }, proven).unproven).toBeUndefined();
    expect(hear("new", 0, { registeredAt: at(0) }).unproven).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { outagesOf } from "../../../lambda/domain/connection/outage.ts";
import {
  changeStanding,
  toStanding,
} from "../../../lambda/domain/connection/standing-statements.ts";
import { liveKeys } from "../../support/live-keys.ts";
import { at, connectionOf } from "../../support/watching-harness.ts";

const said = (seconds: number, by = "old", heard = seconds) => ({
  at: at(seconds),
  heardAt: at(heard),
  by,
});
const session = (seconds: number, by = "old", heard = seconds) => ({
  id: "s",
  startedAt: at(seconds),
  heardAt: at(heard),
  by,
});
const stale = (seconds: number, by?: string) => ({
  since: at(seconds),
  cause: "reconnect" as const,
  renewBy: at(seconds + 300),
  done: false,
  by,
});
const rotated = { live: liveKeys(["new"]), now: at(100) };
const standing = (changes: Partial<Connection>, context = rotated) =>
  toStanding(connectionOf(changes), context);
const isDown = (changes: Partial<Connection>, context = rotated) =>
  outagesOf([standing(changes, context)]).length > 0;

describe("what a key said", () => {
  it.each<[string, Partial<Connection>]>([
    ["that a link is down", { linkDown: said(50) }],
    ["that a server is down", { serverDown: said(50) }],
  ])("stops holding anything when the key is revoked: %s", (_, changes) => {
    expect(isDown(changes)).toBe(false);
    expect(isDown(changes, { live: liveKeys(["old", "new"]), now: at(100) })).toBe(true);
    expect(toStanding(connectionOf(changes), { live: undefined, now: at(100) })).toEqual(
      connectionOf(changes),
    );
  });

  it("counts where it is not known who said it", () => {
    const linkDown = { at: at(50), heardAt: at(50) };
    const connection = connectionOf({ linkDown, stale: stale(50), closedAt: at(20) });
    expect(toStanding(connection, rotated)).toBe(connection);
  });

  it("still ends an outage that another key reported: a new key brings none back", () => {
    const serverDown = said(50, "new");
    expect(isDown({ serverDown, serverUp: said(60) })).toBe(false);
    expect(isDown({ serverDown, session: session(60) })).toBe(false);
    expect(isDown({ serverDown: { at: at(50), heardAt: at(50) }, session: session(60) })).toBe(
      false,
    );
    expect(isDown({ linkDown: said(50, "new"), linkUp: said(60) })).toBe(false);
    expect(isDown({ serverDown, session: session(40), serverUp: said(30) })).toBe(true);
  });

  it("makes nothing stale any more, whichever statement it follows from", () => {
    expect(standing({ session: session(50), stale: stale(50, "old") })).toMatchObject({
      session: undefined,
      stale: undefined,
    });
    expect(standing({ serverUp: said(50), stale: stale(50, "old") }).stale).toBeUndefined();
    expect(standing({ serverDown: said(50, "new"), stale: stale(50, "new") }).stale).toBeDefined();
  });

  it("counts while the key may be newer than what is known of the keys", () => {
    const live = { ...liveKeys(["new"]), readAt: at(55) };
    const changes = { serverDown: said(50, "newer", 56), stale: stale(50, "newer") };
    const connection = connectionOf(changes);
    expect(toStanding(connection, { live, now: at(100) })).toBe(connection);
    const up = connectionOf({ serverUp: said(50, "newer", 56), stale: stale(50, "newer") });
    expect(toStanding(up, { live, now: at(100) })).toBe(up);
  });

  it("is not newer than the keys because another key was heard since", () => {
    const live = { ...liveKeys(["new"]), readAt: at(55) };
    const serverDown = said(40, "new", 110);
    const changes = { session: session(50), stale: stale(50, "old"), serverDown };
    expect(standing(changes, { live, now: at(120) }).stale).toBeUndefined();
  });

  it("closes a connection no longer, but for an application that has no other key", () => {
    const closed = { closedAt: at(20), closedBy: "old" };
    expect(standing(closed).closedAt).toBeUndefined();
    expect(standing({ ...closed, application: "bridge-b" }).closedAt).toBe(at(20));
    expect(standing({ closedAt: at(20), closedBy: "new" }).closedAt).toBe(at(20));
  });
});

describe("what lies ahead of our clock", () => {
  const known = (seconds: number) => ({ live: liveKeys(["old"]), now: at(seconds) });

  it("holds nothing before its time, and holds from then on", () => {
    const forged = said(59 * 60, "old", 0);
    for (const changes of [{ linkDown: forged }, { serverDown: forged }]) {
      expect(isDown(changes, known(59 * 60 - 1))).toBe(false);
      expect(isDown(changes, known(59 * 60))).toBe(true);
    }
  });

  it("holds from when it is heard where the clock is only a little ahead", () => {
    const ahead = said(45, "old", 0);
    for (const changes of [{ linkDown: ahead }, { serverDown: ahead }])
      expect(isDown(changes, known(1))).toBe(true);
  });

  it("hides nothing that was said of the present", () => {
    const past = said(50);
    const linkDown = { ...said(3540, "new", 60), past };
    expect(isDown({ linkDown }, known(100))).toBe(true);
    expect(
      isDown({ linkDown, linkUp: { ...said(3600, "old", 70), past: said(55) } }, known(100)),
    ).toBe(false);
    expect(isDown({ linkDown: { ...said(3540, "old", 60), past } })).toBe(false);
  });

  it("is up from when it was heard, where it is an up: an outage after that counts", () => {
    const serverUp = said(3000, "old", 60);
    expect(isDown({ serverDown: said(50), serverUp }, known(100))).toBe(false);
    expect(isDown({ serverDown: said(70), serverUp }, known(100))).toBe(true);
    expect(isDown({ serverDown: said(70), serverUp }, known(3000))).toBe(false);
    const begun = session(3000, "old", 60);
    expect(isDown({ serverDown: said(50), session: begun }, known(100))).toBe(false);
    expect(isDown({ serverDown: said(70), session: begun }, known(100))).toBe(true);
  });

  it("makes nothing stale, unless the clock is only a little ahead", () => {
    const far = { session: session(3000, "old", 60), stale: stale(3000, "old") };
    expect(standing(far, known(100))).toMatchObject({ session: undefined, stale: undefined });
    const near = connectionOf({ session: session(101), stale: stale(101, "old") });
    expect(toStanding(near, known(100))).toBe(near);
  });
});

describe("changing a connection as it stands", () => {
  const stored = connectionOf({
    linkDown: said(3000, "new", 0),
    session: session(50),
    stale: stale(50, "old"),
    serverDown: said(40),
    serverUp: said(60, "new"),
  });

  it("keeps what does not stand now", () => {
    const changed = changeStanding(stored, rotated, (one) => ({ ...one, silentSince: at(90) }));
    expect(changed).toEqual({ ...stored, silentSince: at(90) });
    expect(Object.keys(changed)).not.toContain("revoked");
  });

  it("changes what does", () => {
    const later = stale(60, "new");
    const before = { ...stored, stale: later };
    const done = { ...later, done: true };
    expect(changeStanding(before, rotated, (one) => ({ ...one, stale: done }))).toEqual({
      ...stored,
      stale: done,
    });
  });

  it("changes nothing where nothing is changed", () => {
    expect(changeStanding(stored, rotated, (one) => one)).toBe(stored);
  });
});

import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { titleOf } from "../../support/alert-texts.ts";
import { liveKeys } from "../../support/live-keys.ts";
import { at } from "../../support/watching-harness.ts";
import { createWholeEvaluator, thisDNs } from "../../support/whole-evaluator.ts";

const victim = { seenAt: at(9000) };
const attacker = { ...victim, application: "bridge-b" };
const said = (seconds: number, heard = seconds) => ({
  at: at(seconds),
  heardAt: at(heard),
  by: "stolen",
});
const five = thisDNs.slice(0, 5);

/** DNs of bridge-a are lost while bridge-b says something with a stolen key; later that key is revoked. */
const lose = async (forged: Partial<Connection>, revokedAt?: number, lostAt = 0) => {
  const evaluator = createWholeEvaluator();
  evaluator.liveKeys.now = liveKeys(["stolen", "real"]);
  await evaluator.registerAll({ time: at(-100) }, five);
  evaluator.put(victim);
  evaluator.put({ ...attacker, ...forged });
  evaluator.clock.now = at(lostAt);
  await evaluator.loseAll({ time: at(lostAt) }, five);
  if (revokedAt !== undefined) {
    await evaluator.runUntil(revokedAt);
    evaluator.liveKeys.now = liveKeys(["real"]);
  }
  return evaluator;
};
const openedOf = (published: readonly string[]) => published.filter((one) => /opened dn/.test(one));

describe("a stolen key that says that the link of another bridge's server is down", () => {
  it("holds that server's losses back until it is revoked, and no minute longer", async () => {
    const evaluator = await lose({ linkDown: said(-60) }, 300);
    expect(openedOf(evaluator.published())).toEqual([]);
    await evaluator.runUntil(330);
    expect(openedOf(evaluator.published())).toHaveLength(5);
    await evaluator.runUntil(2000);
    const server = [...evaluator.alerts.values()].find(({ kind }) => kind === "server");
    expect(server).toMatchObject({ status: "resolved", resolution: "revoked" });
    expect(server && titleOf(server)).toMatch(
      /^RESOLVED SIPTS750: the key of bridge-b was revoked/,
    );
  });

  it("holds nothing before the time that it names, and holds from then on", async () => {
    const forged = { linkDown: said(3540, -60) };
    const now = await lose(forged);
    await now.runUntil(120);
    expect(openedOf(now.published())).toHaveLength(5);
    const later = await lose(forged, undefined, 3530);
    await later.runUntil(3800);
    expect(later.published()).toEqual(["alert.opened server 0"]);
  });

  it("holds nothing at that time if it has been revoked before", async () => {
    const evaluator = await lose({ linkDown: said(3540, -60) }, undefined, 3530);
    evaluator.liveKeys.now = liveKeys(["real"]);
    await evaluator.runUntil(3800);
    expect(openedOf(evaluator.published())).toHaveLength(5);
    expect(evaluator.published().join()).not.toContain("server");
  });

  it("goes on holding while it is not known which keys are live", async () => {
    const evaluator = await lose({ linkDown: said(-60) }, 300);
    evaluator.liveKeys.now = undefined;
    await evaluator.runUntil(900);
    expect(openedOf(evaluator.published())).toEqual([]);
  });
});

describe("a session that a stolen key forged", () => {
  const stale = { cause: "reconnect" as const, renewBy: at(240), done: false, by: "stolen" };
  const forged = {
    ...victim,
    session: { id: "forged", startedAt: at(-60), heardAt: at(-60), by: "stolen" },
    stale: { ...stale, since: at(-60) },
  };

  it("loses no registration once the key is revoked, and stays stored", async () => {
    const evaluator = createWholeEvaluator();
    evaluator.liveKeys.now = liveKeys(["real"]);
    await evaluator.registerAll({ time: at(-100) });
    evaluator.put(forged);
    await evaluator.runUntil(1000);
    expect(evaluator.published()).toEqual([]);
    const [stored] = evaluator.connections.values();
    expect(stored).toMatchObject({ session: { id: "forged" }, stale: { done: false } });
  });

  it("ends its sweep when the key is revoked meanwhile, and leaves the rest to the bridge's word", async () => {
    const evaluator = createWholeEvaluator();
    evaluator.liveKeys.now = liveKeys(["real"]);
    await evaluator.registerAll({ time: at(-100) });
    const purpose = { kind: "lose" as const, since: at(-60), cause: "reconnect" as const };
    evaluator.put({ ...forged, sweeps: [{ id: "lose", purpose, progressAt: at(-500) }] });
    await evaluator.runUntil(60);
    const [stored] = evaluator.connections.values();
    expect(stored).toMatchObject({ sweeps: [], stale: { done: false } });
    expect(evaluator.published()).toEqual([]);
  });
});

describe("a rotated key", () => {
  it("brings no ended outage back, and keeps a planned stop quiet where it was the last key", async () => {
    const evaluator = createWholeEvaluator();
    evaluator.liveKeys.now = liveKeys(["real"]);
    await evaluator.registerAll({ time: at(-100) }, five);
    const serverDown = { at: at(-60), heardAt: at(-60) };
    evaluator.put({ ...victim, serverDown, serverUp: said(-50) });
    const stopped = { closedAt: at(-50), closedBy: "stolen", seenAt: at(-50) };
    evaluator.put({ ...attacker, ...stopped });
    await evaluator.runUntil(1000);
    expect(evaluator.published()).toEqual([]);
  });
});

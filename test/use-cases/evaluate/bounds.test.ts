import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { AlertRulesSchema } from "../../../lambda/domain/rules.ts";
import { titleOf } from "../../support/alert-texts.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { createChance } from "./model/chance.ts";
import { createWorld, type World } from "./model/world.ts";

const noFaults = { drop: 0, late: 0, repeat: 0, crashes: 0 };
const createCalmWorld = (changes: Partial<v.InferInput<typeof AlertRulesSchema>> = {}) =>
  createWorld({
    rules: v.parse(AlertRulesSchema, changes),
    chance: createChance(1),
    faults: noFaults,
  });

const noticesOf = (world: World): string[] =>
  world.published.map(
    ({ notice, server, thisDN }) => `${notice} ${server} ${thisDN ?? "incident"}`,
  );

const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(70_000 + index));

const createSpeaker = (world: World) => {
  let events = 0;
  const at = (): { time: number } => {
    events += 1;
    return { time: world.now() + events };
  };
  return {
    lose: (...thisDNs: string[]) =>
      world.record(thisDNs.map((thisDN) => unregistered({ thisDN, errorCode: 59, ...at() }))),
    give: (...thisDNs: string[]) =>
      world.record(thisDNs.map((thisDN) => registered({ thisDN, ...at() }))),
    loseElsewhere: (thisDN: string) =>
      world.record([unregistered({ thisDN, server: "AVAYATS1", ...at() })]),
  };
};

describe("the number of messages", () => {
  it("is three for a storm of DNs, about all of them, and one for a single DN lost at another time", async () => {
    const world = createCalmWorld();
    const { lose, give, loseElsewhere } = createSpeaker(world);
    const dns = numbers(120);
    for (let second = 0; second < 60; second += 1) {
      await lose(...dns.slice(second * 2, second * 2 + 2));
      if (second === 20) await loseElsewhere("7001");
      await world.pass(1);
    }
    await world.pass(300);
    const single = world.published.find(({ server }) => server === "AVAYATS1");
    expect(single?.openedAt).toBeLessThan(world.now());
    await give(...dns);
    await world.pass(900);
    expect(noticesOf(world)).toEqual([
      "alert.opened SIPTS750 incident",
      "alert.opened AVAYATS1 7001",
      "alert.updated SIPTS750 incident",
      "alert.resolved SIPTS750 incident",
    ]);
    const [updated, resolved] = world.published.slice(-2);
    expect([updated?.count, resolved?.count]).toEqual([120, 120]);
    expect(updated?.dns).toHaveLength(100);
    expect(updated && titleOf(updated)).toBe(
      "UPDATE SIPTS750: bridge-a lost 120 DNs at 02:58 UTC: DN is not configured in CME (59)",
    );
    expect(resolved && titleOf(resolved)).toBe(
      "RESOLVED SIPTS750: no DN of bridge-a is missing any more: 120 DNs lost since 02:58 UTC, registered again",
    );
  });

  it.each([
    [5, ["alert.opened", "alert.updated", "alert.resolved"]],
    [30, []],
  ])(
    "is bounded for a DN that comes and goes 20 times in 10 minutes, with a hold-down of %i s",
    async (holdDownSeconds, expected) => {
      const world = createCalmWorld({ holdDownSeconds });
      const { lose, give } = createSpeaker(world);
      for (let time = 0; time < 20; time += 1) {
        await lose("7001");
        await world.pass(15);
        await give("7001");
        await world.pass(15);
      }
      await world.pass(600);
      expect(world.published.map(({ notice }) => notice)).toEqual(expected);
      if (expected.length > 0) expect(world.published.map(titleOf)[1]).toContain("flapping");
      expect(world.losses.size).toBe(20);
    },
  );

  it("is bounded by an alert that stays open over losses that are each over within the hold-down", async () => {
    const world = createCalmWorld();
    const { lose, give } = createSpeaker(world);
    await lose("7001");
    await world.pass(60);
    await give("7001");
    for (let time = 0; time < 19; time += 1) {
      await world.pass(14);
      await lose("7001");
      await world.pass(14);
      await give("7001");
    }
    const lastReturn = world.now();
    await world.pass(600);
    expect(world.published.map(({ notice }) => notice)).toEqual([
      "alert.opened",
      "alert.updated",
      "alert.resolved",
    ]);
    const [, flapping, resolved] = world.published;
    expect(flapping && titleOf(flapping)).toContain("flapping");
    expect(resolved?.resolvedAt).toBeGreaterThanOrEqual(lastReturn + 300_000_000);
    const words = [...world.losses.values()].at(-1)?.trail.at(-1)?.words;
    expect(words).toBe(`part of alert ${flapping?.alertId}, which is open`);
  });

  it("is zero for a switchover, and the decisions say why", async () => {
    const world = createCalmWorld();
    const { lose, give } = createSpeaker(world);
    await lose(...numbers(20));
    await world.pass(10);
    await give(...numbers(20));
    await world.pass(600);
    expect(world.published).toEqual([]);
    expect([...world.losses.values()]).toMatchObject(
      Array(20).fill({ state: "over", as: "brief" }),
    );
    expect([...world.losses.values()][0]?.trail.at(-1)?.words).toBe(
      "registered again within its hold-down of 30 s (after 10 s): no alert was raised",
    );
  });
});

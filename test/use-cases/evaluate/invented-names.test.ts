import { describe, expect, it } from "vitest";
import { maxUnprovenNames } from "../../../lambda/domain/connection/proof.ts";
import { titleOf } from "../../support/alert-texts.ts";
import {
  at,
  connectionOf,
  createWatchingHarness,
  rulesWith,
} from "../../support/watching-harness.ts";
import { createWholeEvaluator } from "../../support/whole-evaluator.ts";

const linkDown = { at: at(1), heardAt: at(1) };
const unproven = { unproven: true } as const;

describe("a T-Server without a registration", () => {
  const mayOpen = async (
    own: Parameters<typeof connectionOf>[0],
    other: Parameters<typeof connectionOf>[0] = own,
    rules = rulesWith(),
  ) => {
    const harness = createWatchingHarness(rules);
    harness.put(connectionOf({ linkDown, ...own }));
    harness.put(connectionOf({ ...other, application: "bridge-b" }));
    harness.clock.now = at(500);
    await harness.evaluateConnection(connectionOf());
    return harness.reconciled.map((one) => one.mayOpen);
  };
  const [none, all] = [
    [false, false, false, false, false],
    [true, true, true, true, true],
  ];

  it("opens no alert, of its own or of its bridge", async () => {
    expect(await mayOpen(unproven)).toEqual(none);
    expect(await mayOpen({})).toEqual(all);
  });

  it("opens one of its own as soon as one bridge has a registration there", async () => {
    expect(await mayOpen(unproven, {})).toEqual(all);
  });

  it("opens all where the rules name the bridge", async () => {
    const watchedBridges = [{ server: "SIPTS750", application: "bridge-a" }];
    expect(await mayOpen(unproven, unproven, rulesWith({ watchedBridges }))).toEqual(all);
  });
});

describe("what a T-Server without a registration holds back", () => {
  const lose = async (own: Parameters<typeof connectionOf>[0]) => {
    const evaluator = createWholeEvaluator();
    evaluator.put({ linkDown, ...own });
    await evaluator.loseAll({});
    await evaluator.runUntil(150);
    return evaluator.published();
  };

  it("is nothing: without an alert of its own, losses would go unnoticed", async () => {
    expect(await lose({})).toEqual(["alert.opened server 0"]);
    expect(await lose(unproven)).toEqual(["alert.opened dn 40"]);
  });
});

describe("a bridge that says how many DNs it holds", () => {
  it("is a mismatch also without a registration: their events may be lost", async () => {
    const harness = createWatchingHarness(rulesWith());
    const registered = { count: 50, heardAt: at(400) };
    const different = { registered, counted: { count: 0, at: at(400) }, mismatchSince: at(1) };
    harness.put(connectionOf({ ...unproven, ...different, seenAt: at(490) }));
    harness.clock.now = at(500);
    await harness.evaluateConnection(connectionOf());
    const mayOpen = harness.reconciled.map((one) => one.mayOpen);
    expect(mayOpen).toEqual([false, false, true, false, false]);
  });
});

describe("a bridge that invents names", () => {
  it("is one alert, which ends when the names are retired", async () => {
    const evaluator = createWholeEvaluator();
    const servers = Array.from({ length: 60 }, (_, index) => `S${100 + index}`);
    for (const server of servers) evaluator.put({ server, ...unproven });
    await evaluator.runUntil(600);
    expect(evaluator.published()).toEqual(["alert.opened bridge 0"]);
    for (const server of servers.slice(maxUnprovenNames))
      evaluator.put({ server, ...unproven, retiredAt: at(600) });
    await evaluator.runUntil(2400);
    expect(evaluator.published()).toEqual(["alert.opened bridge 0", "alert.resolved bridge 0"]);
    const [alert] = evaluator.alerts.values();
    expect(alert).toMatchObject({ server: "S100", application: "bridge-a", severity: "warning" });
    expect(alert && titleOf(alert)).toBe(
      "RESOLVED S100: bridge-a names no more than 10 T-Servers without a registration",
    );
  });
});

import { describe, expect, it } from "vitest";
import { named } from "../../../lambda/domain/alerting/headline.ts";
import {
  type BridgeCondition,
  type WatchedCondition,
  watchBridge,
  watchServer,
} from "../../../lambda/domain/alerting/watched-condition.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { toStanding } from "../../../lambda/domain/connection/standing-statements.ts";
import { readHeadline } from "../../support/alert-texts.ts";
import { liveKeys } from "../../support/live-keys.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";
import { createHarness } from "../../use-cases/evaluate/alerting-harness.ts";

const occurrence = (seconds: number) => ({ at: at(seconds), heardAt: at(seconds) });
const serverOf = (...connections: Partial<Connection>[]) =>
  watchServer("SIPTS750", connections.map(connectionOf), rulesWith(), at(100));
const bridgeOf = (name: BridgeCondition, changes: Partial<Connection>) =>
  watchBridge(connectionOf(changes), rulesWith(), at(100))[name];

/** What is published when something was wrong and then, check after check, is as watched. */
const publish = async (wrong: WatchedCondition, ...after: WatchedCondition[]) => {
  const { evaluatorOf, pass, published, state } = createHarness();
  const { reconcile, settle } = evaluatorOf();
  const check = ({ condition, ...rest }: WatchedCondition) =>
    reconcile(rest, condition !== undefined);
  await check(wrong);
  state.ongoing = false;
  for (const one of after) {
    await check(one);
    pass(10);
  }
  pass(400);
  await settle({ subject: wrong.subject, number: 1 });
  return published().map((alert) => [alert.notice, alert.resolution, readHeadline(alert.text)]);
};

describe("what a bridge's alert says in the end", () => {
  const reading = { startTime: "1", sequenceNumber: 2, time: at(0), maxTime: at(100) };
  const wrong: [BridgeCondition, Partial<Connection>][] = [
    ["silent", { seenAt: at(-400) }],
    [
      "blind",
      { blind: { cause: "rejected", since: at(-400), lastAt: at(90), detail: "" }, seenAt: at(90) },
    ],
    ["mismatch", { mismatchSince: at(-400), registered: { count: 2, heardAt: at(90) } }],
    ["serverClock", { serverClock: { ...reading, back: { at: at(90), until: at(200), by: 9 } } }],
  ];

  it.each(wrong)("is that the bridge was retired, where it was: %s", async (name, changes) => {
    const gone = { ...changes, retiredAt: at(95), closedAt: at(94) };
    const published = await publish(bridgeOf(name, changes), bridgeOf(name, gone));
    expect(published.slice(1)).toEqual([
      ["alert.resolved", "retired", "bridge-a was retired: nothing is expected from it any more"],
    ]);
  });

  it.each(wrong)("is that it stopped on purpose, where it did: %s", async (name, changes) => {
    const gone = { ...changes, closedAt: at(94) };
    const published = await publish(bridgeOf(name, changes), bridgeOf(name, gone));
    expect(published.slice(1)).toEqual([
      [
        "alert.resolved",
        "closed",
        "bridge-a has stopped on purpose: nothing is expected from it until it is back",
      ],
    ]);
  });

  it.each<[BridgeCondition, Partial<Connection>, string]>([
    ["silent", {}, "bridge-a heard again, last at 02:58 UTC"],
    ["blind", {}, "what bridge-a sends gets through again, and counts"],
    [
      "mismatch",
      { registered: { count: 3, heardAt: at(90) } },
      "bridge-a holds as many DNs as are known here: 3",
    ],
    ["serverClock", {}, "the T-Server's clock has caught up, according to bridge-a"],
  ])("is that it works again, where it does: %s", async (name, now, title) => {
    const before = new Map(wrong).get(name) ?? {};
    const published = await publish(bridgeOf(name, before), bridgeOf(name, now));
    expect(published[1]).toEqual(["alert.resolved", "restored", title]);
  });

  it("is the newest outcome while it was held open", async () => {
    const silent = bridgeOf("silent", { seenAt: at(-400) });
    const closed = bridgeOf("silent", { closedAt: at(95) });
    const heard = bridgeOf("silent", {});
    expect((await publish(silent, heard, closed))[1]?.[1]).toBe("closed");
    expect((await publish(silent, closed, heard))[1]?.[1]).toBe("restored");
    expect(await publish(silent, closed, closed)).toHaveLength(2);
  });
});

describe("what a server's alert says in the end", () => {
  const down = { serverDown: occurrence(1) };
  const gone = "no bridge reports any more whether it is up";

  it("is that the bridge that reported it was retired", async () => {
    const published = await publish(serverOf(down), serverOf({ ...down, retiredAt: at(50) }));
    expect(published[1]).toEqual(["alert.resolved", "retired", `bridge-a was retired: ${gone}`]);
  });

  it("is that it stopped on purpose", async () => {
    const link = { linkDown: occurrence(1) };
    const published = await publish(serverOf(link), serverOf({ ...link, closedAt: at(50) }));
    expect(published[1]).toEqual([
      "alert.resolved",
      "closed",
      `bridge-a has stopped on purpose: ${gone}`,
    ]);
  });

  const b = { application: "bridge-b" };
  const session = { id: "s", startedAt: at(60), heardAt: at(60) };
  it.each<[string, Partial<Connection>[]]>([
    ["connected again", [{ ...down, serverUp: occurrence(2) }]],
    ["of a new session", [{ ...down, session }]],
    [
      "up by another bridge's report",
      [{ linkDown: occurrence(1) }, { ...b, linkUp: occurrence(2) }],
    ],
    [
      "connected again after another bridge that was cut off was retired",
      [
        { ...down, session },
        { ...b, ...down, retiredAt: at(50) },
      ],
    ],
    [
      "connected again, and a healthy bridge stopped",
      [
        { ...down, serverUp: occurrence(2) },
        { ...b, closedAt: at(50) },
      ],
    ],
    [
      "connected again by another bridge's link after one that was cut off was retired",
      [
        { ...down, retiredAt: at(50) },
        { ...b, linkDown: occurrence(1), linkUp: occurrence(60) },
      ],
    ],
    ["never known to be down", [{}]],
    ["without any connection", []],
  ])("is that it is restored, where it is %s", (_, connections) => {
    expect(serverOf(...connections)).toMatchObject({
      condition: undefined,
      endResolution: "restored",
      endText: { headline: expect.arrayContaining(["connected again"]) },
    });
  });

  it("is not that it is restored by a bridge for which it was never down", () => {
    const well = { ...b, session, linkUp: occurrence(60) };
    expect(serverOf({ ...down, retiredAt: at(50) }, well).endResolution).toBe("retired");
  });

  it("is the newest of several outcomes", () => {
    const connections = [
      { ...down, serverUp: occurrence(2), closedAt: at(90) },
      { ...b, ...down, retiredAt: at(50) },
      { application: "bridge-c", ...down, closedAt: at(40) },
    ];
    expect(serverOf(...connections)).toMatchObject({
      endResolution: "retired",
      endText: { headline: expect.arrayContaining([named(["bridge-b"])]) },
    });
  });
});

describe("what a server's alert says in the end when the key was revoked that said what was down", () => {
  const down = { at: at(50), heardAt: at(50), by: "old" };
  const revoked = { live: liveKeys(["new"]), now: at(100) };
  const endOf = (...changes: Partial<Connection>[]) => {
    const connections = changes.map((one) => toStanding(connectionOf(one), revoked));
    const { condition, endResolution, endText } = watchServer(
      "SIPTS750",
      connections,
      rulesWith(),
      at(100),
    );
    return { condition, endResolution, end: readHeadline(endText) };
  };

  it.each<[string, Partial<Connection>]>([
    ["the link", { linkDown: down }],
    ["its connection", { serverDown: down }],
  ])("does not claim that the server is back: %s", (_, changes) => {
    expect(endOf(changes)).toEqual({
      condition: undefined,
      endResolution: "revoked",
      end: "the key of bridge-a was revoked: no bridge reports any more whether it is up",
    });
  });

  it("says that it works again where that is what happened", () => {
    const linkUp = { at: at(60), heardAt: at(60) };
    expect(endOf({ linkDown: down, linkUp }).endResolution).toBe("restored");
    expect(endOf({ linkDown: down }, { application: "bridge-b", linkUp }).endResolution).toBe(
      "restored",
    );
    const serverDown = { ...down, by: "new" };
    const serverUp = { at: at(70), heardAt: at(70) };
    const other = { application: "bridge-b", serverDown, serverUp };
    expect(endOf({ serverDown: down }, other).endResolution).toBe("restored");
  });

  it("says nothing of a key whose report lay ahead of our clock: that held nothing", () => {
    const ahead = { at: at(3000), heardAt: at(80), by: "old" };
    const serverDown = { ...down, by: "new" };
    const other = { application: "bridge-b", serverDown, serverUp: occurrence(70) };
    expect(endOf({ serverDown: ahead }, other).endResolution).toBe("restored");
  });
});

import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import {
  judgeConnection,
  judgeSilence,
} from "../../../lambda/domain/connection/judge-connection.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const watchedBridges = [{ server: "SIPTS750", application: "bridge-a" }];
const blind = (cause: "clock" | "rejected", lastAt = 190, proofs = 3) => ({
  blind: { cause, since: at(10), lastAt: at(lastAt), detail: "d", ids: "AAAAAA".repeat(proofs) },
});
const back = (until: number) => ({
  serverClock: {
    startTime: "1",
    sequenceNumber: 2,
    time: at(0),
    maxTime: at(62),
    back: { at: at(10), until: at(until), by: 62_000_000 },
  },
});
const wrongWith = (connection: Partial<Connection>, seconds: number, rules = rulesWith()) =>
  Object.entries(judgeConnection(connectionOf(connection), rules, at(seconds)))
    .filter(([, condition]) => condition !== undefined)
    .map(([name]) => name);

describe("judgeConnection", () => {
  it.each<[string, Partial<Connection>, number, string[]]>([
    ["finds nothing wrong with a bridge that was heard just now", {}, 180, []],
    ["finds a bridge silent that has not been heard for three minutes", {}, 181, ["silent"]],
    ["expects nothing of a bridge that never sent a heartbeat", { watched: false }, 999, []],
    ["expects nothing of a bridge that stopped on purpose", { closedAt: at(1) }, 999, []],
    ["expects nothing of a retired bridge", { retiredAt: at(1) }, 999, []],
    ["finds a mismatch", { mismatchSince: at(1) }, 20, ["mismatch"]],
    ["ignores the number of a silent bridge", { mismatchSince: at(1) }, 181, ["silent"]],
    ["finds a bridge blind", { ...blind("rejected"), seenAt: at(190) }, 190, ["blind"]],
    ["finds it blind and then silent, too", blind("rejected"), 191, ["silent", "blind"]],
    ["needs no three proofs of content", blind("rejected", 190, 1), 180, ["blind"]],
    ["attributes silence to the clock where that is off", blind("clock"), 191, ["blind"]],
    ["does so for as long as the bridge sends requests", blind("clock"), 370, ["blind"]],
    ["counts silence by itself from then on", blind("clock"), 371, ["silent", "blind"]],
    [
      "does not count one bad event of a quiet bridge",
      { watched: false, blind: { cause: "rejected", since: at(10), detail: "d" } },
      3600,
      [],
    ],
    ["does not count some that end soon", { watched: false, ...blind("rejected", 189) }, 3600, []],
    ["finds a bridge silent after some old requests", blind("clock", 10), 191, ["silent"]],
    ["attributes silence to the clock as soon as that is proven", blind("clock", 80), 190, []],
    [
      "does not do so for two requests, however often they come",
      blind("clock", 190, 2),
      191,
      ["silent"],
    ],
    [
      "does so for what was noted when one request was enough",
      { blind: { cause: "clock", since: at(10), lastAt: at(190), detail: "d" } },
      191,
      ["blind"],
    ],
    [
      "attributes silence to what was noted then, the first time too",
      { blind: { cause: "clock", since: at(10), detail: "d" } },
      190,
      [],
    ],
    ["finds the T-Server's clock back at once", back(72), 11, ["serverClock"]],
    ["lets it catch up though no event comes", back(72), 72, []],
    [
      "expects nothing of the clock behind a retired bridge",
      { ...back(72), retiredAt: at(1) },
      11,
      [],
    ],
    [
      "finds a clock back where trouble is too short to count",
      { ...back(72), ...blind("rejected", 11) },
      11,
      ["serverClock"],
    ],
    [
      "finds both: a clock back, and nothing that gets through",
      { ...back(200), ...blind("clock") },
      190,
      ["blind", "serverClock"],
    ],
  ])("%s", (_, connection, seconds, expected) => {
    expect(wrongWith(connection, seconds)).toEqual(expected);
  });

  it("judges by configuration a bridge that sends no heartbeat", () => {
    const quiet = { watched: false };
    expect(wrongWith(quiet, 181, rulesWith({ watchedBridges }))).toEqual(["silent"]);
    const other = { ...quiet, application: "bridge-b" };
    expect(wrongWith(other, 181, rulesWith({ watchedBridges }))).toEqual([]);
    const elsewhere = { ...quiet, server: "SIPTS751" };
    expect(wrongWith(elsewhere, 181, rulesWith({ watchedBridges }))).toEqual([]);
  });

  it("says since when, and from when on operations must know", () => {
    const connection = connectionOf({ mismatchSince: at(1), seenAt: at(200), ...blind("clock") });
    expect(judgeConnection(connection, rulesWith(), at(200))).toEqual({
      silent: undefined,
      mismatch: { since: at(1), dueAt: at(301) },
      blind: { since: at(10), dueAt: at(190) },
      serverClock: undefined,
    });
    expect(judgeConnection(connectionOf(back(72)), rulesWith(), at(20)).serverClock).toEqual({
      since: at(10),
      dueAt: at(10),
    });
  });
});

describe("judgeSilence", () => {
  const since = (changes: Partial<Connection>) =>
    judgeSilence(connectionOf(changes), rulesWith(), at(999))?.since;

  it("expects to hear a bridge only while it is live", () => {
    expect(since({})).toBe(at(0));
    expect(since({ closedAt: at(1) })).toBeUndefined();
    expect(since({ retiredAt: at(1) })).toBeUndefined();
  });
});

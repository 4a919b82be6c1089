import { describe, expect, it } from "vitest";
import { wrongHistory, wrongStatuses } from "../../../proof/load/compare-stored.ts";
import { createLedger } from "../../../proof/load/ledger.ts";
import type { SentEvent } from "../../../proof/load/traffic.ts";

const micros = Date.parse("2026-11-22T20:00:00Z") * 1000;
const sent = (some: Partial<SentEvent> = {}): SentEvent => ({
  application: "bridge-a",
  server: "SIPTS750",
  thisDN: "7001",
  status: "registered",
  time: micros + 5,
  ...some,
});
const stored = (status: string, confirmedAt: string, name = "bridge-a") => ({
  server: "SIPTS750",
  thisDN: "7001",
  applications: [{ name, status, confirmedAt }],
});
const ledgerOf = (...events: readonly SentEvent[]) => {
  const ledger = createLedger();
  ledger.note(events, []);
  return ledger;
};

describe("a status", () => {
  it.each([
    ["as it was answered", "registered", "2026-11-22T20:00:00.000005Z", []],
    ["newer", "unregistered", "2026-11-22T20:00:00.000006Z", []],
    ["older", "registered", "2026-11-22T20:00:00.000004Z", ["SIPTS750 7001 bridge-a"]],
    ["another", "unregistered", "2026-11-22T20:00:00.000005Z", ["SIPTS750 7001 bridge-a"]],
  ])("%s", (_, status, confirmedAt, wrong) => {
    expect(wrongStatuses(ledgerOf(sent()), [stored(status, confirmedAt)])).toEqual(wrong);
  });

  it("is missed where the DN or its application is not there", () => {
    const other = stored("registered", "2026-11-22T20:00:00.000005Z", "bridge-b");
    expect(wrongStatuses(ledgerOf(sent()), [])).toEqual(["SIPTS750 7001 bridge-a"]);
    expect(wrongStatuses(ledgerOf(sent()), [other])).toEqual(["SIPTS750 7001 bridge-a"]);
  });

  it("is that of the newest event, whenever that was answered", () => {
    const newest = sent({ status: "unregistered", time: micros + 9 });
    const registration = stored("unregistered", "2026-11-22T20:00:00.000009Z");
    expect(wrongStatuses(ledgerOf(newest, sent()), [registration])).toEqual([]);
    expect(wrongStatuses(ledgerOf(sent(), newest), [registration])).toEqual([]);
  });
});

describe("the history", () => {
  const ledger = createLedger();
  ledger.note([sent(), sent({ thisDN: "7002" })], ["a", "b", "a"]);

  it("is right with each answered event once", () => {
    expect(wrongHistory(ledger, ["b", "a"])).toEqual([]);
  });

  it.each([
    ["an event that is missing", ["a"], ["b is not there"]],
    ["an event that is there twice", ["a", "b", "a"], ["a is there twice"]],
    ["an event that no sender sent", ["a", "b", "c"], ["c was never sent"]],
  ])("shows %s", (_, history, wrong) => {
    expect(wrongHistory(ledger, history)).toEqual(wrong);
  });

  it("may hold what had no answer, and not more", () => {
    const doubtful = createLedger();
    doubtful.note([sent()], ["a"]);
    doubtful.doubt([sent({ thisDN: "7003" })]);
    expect(wrongHistory(doubtful, ["a"])).toEqual([]);
    expect(wrongHistory(doubtful, ["a", "c"])).toEqual([]);
    expect(wrongHistory(doubtful, ["a", "c", "d"])).toEqual(["d was never sent"]);
  });
});

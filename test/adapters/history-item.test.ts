import { describe, expect, it } from "vitest";
import { fromHistoryItem, toHistoryItem } from "../../lambda/adapters/history-item.ts";
import type { HistoryRow } from "../../lambda/domain/status/history-row.ts";
import { testNow } from "../support/api-event.ts";
import { historyRow } from "./contract/history-contract.ts";

const secondsNow = testNow / 1_000_000;

describe("the history item", () => {
  it("ends the given days after its receipt, whatever the T-Server's clock says", () => {
    const old = historyRow(-10_000_000);
    expect(toHistoryItem(old, 400)["expiresAt"]).toEqual({
      N: String(Math.ceil(secondsNow) + 400 * 86_400),
    });
  });

  it("is read back without the table's own attributes", () => {
    const row = historyRow(0, { extensions: { "conn-1": "0071" } });
    expect(fromHistoryItem(toHistoryItem(row, 1))).toEqual(row);
    expect(Object.keys(fromHistoryItem(toHistoryItem(row, 1)))).not.toContain("expiresAt");
  });

  it.each<Partial<HistoryRow>>([
    { session: 1 },
    { event: "EventUnregistered", derived: "reconnect" },
    { event: "Retired", other: { author: "d.moss", note: "desk removed" } },
    { event: "Retired", other: { author: "crm", onBehalfOf: "d.moss", note: "desk removed" } },
  ])("keeps what does not come from the T-Server: %j", (changes) => {
    const row = historyRow(0, changes);
    expect(fromHistoryItem(toHistoryItem(row, 1))).toEqual(row);
  });

  it("keeps members that have a meaning in JavaScript", () => {
    const row = historyRow(0, { extensions: { constructor: 1, prototype: 2 } });
    expect(fromHistoryItem(toHistoryItem(row, 1)).extensions).toEqual(row.extensions);
  });

  it("is sorted by the T-Server's time, then by id", () => {
    expect(toHistoryItem(historyRow(0), 1)).toMatchObject({
      ThisDN: { S: "7001" },
      eventKey: { S: "2026-11-20T02:58:00.123456Z#row-0" },
    });
  });

  it.each([
    ["an unknown outcome", { outcome: { S: "duplicate" } }],
    ["Extensions that are not JSON", { extensions: { S: "{oops" } }],
    ["Extensions that are not an object", { extensions: { S: "5" } }],
    ["Extensions that are null", { extensions: { S: "null" } }],
    ["a time that is text", { time: { S: "now" } }],
  ])("is not a row with %s", (_, changes) => {
    expect(() => fromHistoryItem({ ...toHistoryItem(historyRow(0), 1), ...changes })).toThrow();
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromLossItem, fromLossItemKey, toLossItem } from "../../lambda/adapters/loss-item.ts";
import type { Item } from "../../lambda/adapters/status-item.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import { baseTime } from "../support/build-event.ts";
import { buildHeld, buildHeldToTheEnd, buildLoss, buildMissing } from "../support/build-loss.ts";

const at = (seconds: number): number => baseTime + seconds * 1_000_000;

/**
 * Items that the writer of version 0.1.0 (commit b5d6a1e) made, by what it had decided; `older` lacks what versions
 * before it did not write.
 */
const {
  stored,
  older,
}: Record<"stored" | "older", Record<string, Item>> = JSON.parse(
  readFileSync(new URL("fixtures/losses-0.1.0.json", import.meta.url), "utf8"),
);
const key = {
  thisDN: "7001",
  server: "SIPTS750",
  lossId: "alert-hB3J_mPbphBR2yssjfxIgS",
};
const own = {
  subject: JSON.stringify(["dn", "SIPTS750", "7001"]),
  number: 1,
  alertId: "alert-hB3J_mPbphBR2yssjfxIgS",
};
const incident = {
  subject: JSON.stringify(["incident", "SIPTS750"]),
  number: 12,
  alertId: "alert-kPpTrtq0xG2kYqYl0mGQ3R",
};
const over = (as: string, endedBy: string, endedAt: number, rest: object = {}) => ({
  state: "over",
  as,
  endedBy,
  endedAt,
  ...rest,
});

/** What each one is, apart from what is recorded of every loss. */
const storedLosses: Record<string, object> = {
  passed: over("brief", "registered", at(21)),
  "passed, given up by request": over("brief", "requested", at(401)),
  "passed, retired": over("brief", "retired", at(401)),
  "passed, of an alert that was never written": over("brief", "registered", at(401)),
  "passed, held by its hold-down before": over("brief", "registered", at(21)),
  "held by its hold-down": { state: "waiting" },
  "held by a window": { state: "held", heldBy: "window/1" },
  "held by the server": { state: "held", heldBy: "server" },
  "held by a bridge": { state: "held", heldBy: "bridge/bridge-a" },
  "ended while a window held it": over("held", "registered", at(401), { heldBy: "window/1" }),
  "ended while the server held it, given up by request": over("held", "requested", at(401), {
    heldBy: "server",
  }),
  "ended while a bridge held it, retired": over("held", "retired", at(401), {
    heldBy: "bridge/bridge-a",
  }),
  "alerted, missing": { state: "claimed", alert: own },
  "alerted, missing, by two applications": { state: "claimed", alert: own },
  "alerted, missing from an incident": { state: "claimed", alert: incident },
  "alerted, missing, held by a window before": { state: "claimed", alert: own },
  "alerted, registered again": over("member", "registered", at(401), { alert: own }),
  "alerted, given up by request": over("member", "requested", at(401), { alert: own }),
  "alerted, retired, of an incident": over("member", "retired", at(401), { alert: incident }),
  "alerted, adopted though it was brief": over("member", "registered", at(21), { alert: own }),
  "alerted, adopted though it was brief, held by its hold-down before": over(
    "member",
    "registered",
    at(21),
    { alert: own },
  ),
};

const olderLosses: Record<string, object> = {
  // It was over when that was decided.
  "passed, without cause and end": over("brief", "registered", at(21)),
  "passed, without who ended it": over("brief", "registered", at(21)),
  "held by a window, without cause and customer": { state: "held", heldBy: "window/1" },
  "ended while a window held it, without cause and end": over("held", "registered", at(401), {
    heldBy: "window/1",
  }),
  "alerted, missing, without cause": { state: "claimed", alert: own },
  "alerted, over, without who ended it": over("member", "registered", at(401), { alert: own }),
};

const recorded = {
  ...key,
  lostAt: baseTime,
  learntAt: expect.any(Number),
  decidedAt: expect.any(Number),
  revision: expect.any(Number),
  severity: expect.stringMatching(/^(?:critical|warning)$/),
  applications: expect.arrayContaining(["bridge-a"]),
  reason: expect.objectContaining({ category: "configuration", errorCode: 59 }),
  trail: expect.arrayContaining([expect.objectContaining({ words: expect.any(String) })]),
};
const optional = ({ cause, customerID }: Loss) => ({
  ...(cause === undefined ? {} : { cause: "DN is not configured in CME (59)" }),
  ...(customerID === undefined ? {} : { customerID: "Environment" }),
});

const itemOf = (items: Record<string, Item>, name: string): Item =>
  items[name] ?? expect.unreachable(`no item: ${name}`);

// What 0.1.0 kept of a loss's hold-down although the loss was over.
const withoutHoldDown = ({ heldBy, ...item }: Item): Item =>
  item["state"]?.S !== "held" && heldBy?.S === "hold-down"
    ? item
    : { ...item, ...(heldBy && { heldBy }) };

describe("an item of a loss that version 0.1.0 wrote", () => {
  it("exists for everything that version 0.1.0 could write", () => {
    expect(Object.keys(stored)).toEqual(Object.keys(storedLosses));
    expect(Object.keys(older)).toEqual(Object.keys(olderLosses));
  });

  it.each(Object.entries(storedLosses))("is read as what it is: %s", (name, expected) => {
    const item = itemOf(stored, name);
    const loss = fromLossItem(item);
    expect(loss).toStrictEqual({ ...recorded, ...optional(loss), ...expected });
    expect(fromLossItemKey(item)).toEqual(key);
  });

  it.each(Object.keys(storedLosses))(
    "is the same when what was read is written back: %s",
    (name) => {
      const item = itemOf(stored, name);
      expect(toLossItem(fromLossItem(item), 400)).toStrictEqual(withoutHoldDown(item));
    },
  );

  it("no longer says of a loss that is over that its hold-down held it", () => {
    const held = Object.entries(stored).filter(([, { heldBy }]) => heldBy?.S === "hold-down");
    const again = held.filter(([, item]) => toLossItem(fromLossItem(item), 400)["heldBy"]);
    expect(held.map(([name]) => name)).toEqual([
      "passed, held by its hold-down before",
      "held by its hold-down",
      "alerted, adopted though it was brief, held by its hold-down before",
    ]);
    expect(again.map(([name]) => name)).toEqual(["held by its hold-down"]);
  });
});

describe("an item of a loss that lacks what older versions did not write", () => {
  it.each(Object.entries(olderLosses))("is read as what it is: %s", (name, expected) => {
    const loss = fromLossItem(itemOf(older, name));
    expect(loss).toStrictEqual({ ...recorded, ...optional(loss), ...expected });
  });

  it.each(Object.keys(olderLosses))("gains only its end when it is written back: %s", (name) => {
    const item = itemOf(older, name);
    const loss = fromLossItem(item);
    const end =
      loss.state === "over"
        ? { endedAt: { N: String(loss.endedAt) }, endedBy: { S: "registered" } }
        : {};
    expect(toLossItem(loss, 400)).toStrictEqual({ ...item, ...end });
  });

  it("is waiting where it is held and nothing says by what", () => {
    const { heldBy: _, ...item } = toLossItem(buildHeld("server"), 400);
    expect(fromLossItem(item).state).toBe("waiting");
  });

  it("is waiting where an alert was to be published about it and nothing says which", () => {
    const { alert: _, ...item } = toLossItem(buildMissing("alert-1"), 400);
    expect(fromLossItem(item).state).toBe("waiting");
  });

  it("was brief where it ended while it was held and nothing says by what", () => {
    const { heldBy: _, ...item } = toLossItem(buildHeldToTheEnd("server"), 400);
    expect(fromLossItem(item)).toStrictEqual(buildLoss());
  });
});

import { describe, expect, it } from "vitest";
import { isComparisonDue } from "../../../lambda/domain/connection/comparison-due.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { at, connectionOf, rulesWith } from "../../support/watching-harness.ts";

const said = (seconds: number) => ({ count: 3, heardAt: at(seconds) });
const registered = said(0);

describe("the comparison of the number of DNs that a bridge reports with our count", () => {
  it.each<[string, Partial<Connection>, boolean]>([
    ["the bridge has reported none", {}, false],
    ["the bridge has reported one and none was counted", { registered }, true],
    ["it was compared just now", { registered, counted: { count: 3, at: at(99) } }, false],
    ["it was compared long ago", { registered, counted: { count: 3, at: at(-200) } }, true],
    ["it differs", { registered, counted: { count: 2, at: at(99) }, mismatchSince: at(99) }, true],
    ["it was reported five minutes ago", { registered: said(-200) }, true],
    ["it was reported long ago", { registered: said(-201) }, false],
    [
      "it was reported long ago and differs",
      { registered: said(-201), mismatchSince: at(0) },
      true,
    ],
    [
      "registrations are being renewed",
      {
        registered,
        stale: { since: at(0), cause: "reconnect", renewBy: at(300), done: false },
      },
      false,
    ],
    [
      "a sweep is under way",
      {
        registered,
        sweeps: [{ id: "s", purpose: { kind: "mark", stale: true }, progressAt: at(0) }],
      },
      false,
    ],
    ["the bridge is silent", { registered, seenAt: at(-100) }, false],
    ["the bridge stopped on purpose", { registered, closedAt: at(0) }, false],
  ])("is due or not where %s", (_, changes, expected) => {
    expect(isComparisonDue(connectionOf(changes), rulesWith(), at(100))).toBe(expected);
  });
});

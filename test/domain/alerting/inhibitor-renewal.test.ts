import { describe, expect, it } from "vitest";
import { findInhibitor } from "../../../lambda/domain/alerting/inhibitor.ts";
import { lossFactsOf } from "../../../lambda/domain/alerting/loss-facts.ts";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { registered, unregistered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { statusAfter } from "../../support/status-after.ts";
import { at, connectionOf } from "../../support/watching-harness.ts";

const factsOf = (status: RegistrationStatus) =>
  lossFactsOf({ status, loss: undefined, losses: undefined, rules: defaultRules, now: 0 });
const stale = { since: at(600), cause: "reconnect" as const, renewBy: at(900), done: false };
const facts = { server: "SIPTS750", thisDN: "7001", applications: ["bridge-a"], missedAt: at(0) };
const find = (
  changes: Partial<Connection>,
  more: Partial<typeof facts> | { missedAt: undefined } = {},
) =>
  findInhibitor(
    { connections: [connectionOf(changes)], windows: [] },
    { ...facts, ...more },
    at(610),
  );

describe("a loss by a disconnect, once the bridge has reconnected", () => {
  it("waits until the bridge has had the time to register again", () => {
    expect(find({ stale })).toEqual({
      heldBy: "bridge/bridge-a",
      words: "bridge-a just reconnected",
    });
  });

  it.each<[string, Parameters<typeof find>]>([
    ["that time is over", [{ stale: { ...stale, done: true } }]],
    ["it was missed after that very reconnect", [{ stale }, { missedAt: at(600) }]],
    ["the T-Server reported the loss", [{ stale }, { missedAt: undefined }]],
    ["another application lost it, too", [{ stale }, { applications: ["bridge-a", "bridge-b"] }]],
    ["the bridge has stopped", [{ stale, closedAt: at(605) }]],
    ["the bridge connects for the first time", [{}]],
  ])("does not wait where %s", (_, given) => {
    expect(find(...given)).toBeUndefined();
  });

  it.each([
    ["disconnect", at(5)],
    ["reconnect", at(5)],
    ["refused", undefined],
  ] as const)("is known by what it was derived from: %s", (derived, missedAt) => {
    const status = statusAfter(registered({ time: at(0) }), unregistered({ time: at(5), derived }));
    expect(factsOf(status)?.missedAt).toBe(missedAt);
  });
});

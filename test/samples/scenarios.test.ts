import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfigurationChange } from "../../samples/scenarios/configuration-change.ts";
import { flapping } from "../../samples/scenarios/flapping.ts";
import { halfReconnect } from "../../samples/scenarios/half-reconnect.ts";
import { findBroken } from "../../samples/scenarios/notifications.ts";
import { silentBridge } from "../../samples/scenarios/silent-bridge.ts";
import { createSwitchover } from "../../samples/scenarios/switchover.ts";
import { readMembers } from "../support/alert-members.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { alertLines, notificationsOf, play } from "../support/scenario-stage.ts";

// With some hundreds of DNs. test/long/ plays them with as many as npm run scenario does.
const storm = createConfigurationChange({ parts: [200, 100], backAtSeconds: 500 });
const scenarios = [storm, createSwitchover(300), halfReconnect, flapping, silentBridge];
// Slow enough that a busy neighbour does not make a bridge silent.
const timeLapse = 5;
const timeoutMilliseconds = 900_000;

// Side by side on one stack: each has servers of its own.
let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack({ args: ["--time-lapse", String(timeLapse)] });
  await Promise.all(scenarios.map((scenario) => play(scenario, stack, timeLapse)));
}, timeoutMilliseconds);
afterAll(() => stack.stop());

describe("the notifications", () => {
  it.each(scenarios)("of $name are those that are promised, and no others", (scenario) => {
    expect(findBroken(scenario, notificationsOf(stack))).toEqual([]);
  });
});

describe("the alert of a storm", () => {
  it("misses none of the DNs among its members, over all its pages", async () => {
    const line = alertLines(stack).find((one) => one.includes('"/servers/STORM1"')) ?? "";
    expect(new Set(await readMembers(stack, line, { limit: 100 })).size).toBe(300);
  });
});

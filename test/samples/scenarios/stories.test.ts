import { describe, it } from "vitest";
import { flapping } from "../../../samples/scenarios/flapping.ts";
import { halfReconnect } from "../../../samples/scenarios/half-reconnect.ts";
import { findBroken } from "../../../samples/scenarios/notifications.ts";
import type { Scenario } from "../../../samples/scenarios/scenario.ts";
import { silentBridge } from "../../../samples/scenarios/silent-bridge.ts";
import { switchover } from "../../../samples/scenarios/switchover.ts";
import { startLocalStack } from "../../support/local-stack.ts";
import { notificationsOf, play } from "../../support/scenario-stage.ts";

const timeoutMilliseconds = 400_000;

// Side by side on one stack: each has servers of its own.
const playTogether = async (scenarios: readonly Scenario[], timeLapse: number) => {
  const stack = await startLocalStack({ args: ["--time-lapse", String(timeLapse)] });
  try {
    await Promise.all(scenarios.map((scenario) => play(scenario, stack, timeLapse)));
    const notifications = notificationsOf(stack);
    return scenarios.flatMap((scenario) => findBroken(scenario, notifications));
  } finally {
    await stack.stop();
  }
};

describe("the notifications", () => {
  it(
    "of a half reconnect, a flapping DN and a silent bridge are those that are promised",
    async ({ expect }) => {
      expect(await playTogether([halfReconnect, flapping, silentBridge], 10)).toEqual([]);
    },
    timeoutMilliseconds,
  );

  it(
    "of a switchover with 8,000 DNs are none",
    async ({ expect }) => {
      expect(await playTogether([switchover], 5)).toEqual([]);
    },
    timeoutMilliseconds,
  );
});

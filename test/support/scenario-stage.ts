import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import {
  type AlertNotification,
  findBroken,
  readAlertNotification,
} from "../../samples/scenarios/notifications.ts";
import { playScenario } from "../../samples/scenarios/play-scenario.ts";
import type { Scenario, ScenarioEnvelope } from "../../samples/scenarios/scenario.ts";
import type { LocalStack } from "./local-stack.ts";
import { postEvents } from "./post-events.ts";

const attempts = 10;
const patienceSeconds = 180;

const send =
  ({ url, description }: LocalStack) =>
  async (envelope: ScenarioEnvelope): Promise<void> => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { status, body } = await postEvents(url, envelope, { key: description.bridge.key });
      if (status === 200) return;
      if (status !== 503) throw new Error(`${status} ${JSON.stringify(body)}`);
      await wait(2000);
    }
    throw new Error("the stack is out of breath");
  };

/** What the running stack has published on its alert topic so far, one line each. */
export const alertLines = ({ description }: LocalStack): string[] =>
  readFileSync(description.alertsFile, "utf8").split("\n").filter(Boolean);

/** The same, parsed. */
export const notificationsOf = (stack: LocalStack): AlertNotification[] =>
  alertLines(stack).map(readAlertNotification);

const waitForNotifications = async (scenario: Scenario, stack: LocalStack): Promise<void> => {
  for (let waited = 0; waited < patienceSeconds; waited += 1) {
    if (findBroken(scenario, notificationsOf(stack)).length === 0) return;
    await wait(1000);
  }
};

/**
 * Plays a scenario to its end against a running stack; on a busy machine, the stack gets longer to publish what it
 * must.
 */
export const play = async (
  scenario: Scenario,
  stack: LocalStack,
  timeLapse: number,
): Promise<void> => {
  await playScenario(scenario, {
    timeLapse,
    send: send(stack),
    now: Date.now,
    wait: (milliseconds) => wait(milliseconds),
    isEnded: () => false,
    say: () => undefined,
  });
  await waitForNotifications(scenario, stack);
};

import { expect, it } from "vitest";
import { flapping } from "../../samples/scenarios/flapping.ts";
import { playScenario } from "../../samples/scenarios/play-scenario.ts";

const playUntil = async (steps: number): Promise<number> => {
  const said: string[] = [];
  await playScenario(flapping, {
    timeLapse: 1,
    send: async () => undefined,
    now: () => 0,
    wait: async () => undefined,
    isEnded: () => said.length >= steps,
    say: (line) => said.push(line),
  });
  return said.length;
};

it("plays every step of a scenario, and after the person has ended it none", async () => {
  expect(await playUntil(Number.POSITIVE_INFINITY)).toBe(flapping.steps.length);
  expect(await playUntil(3)).toBe(3);
});

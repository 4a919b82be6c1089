import { describe, expect, it } from "vitest";
import { checkPace, durationText } from "../../samples/scenarios/pace.ts";

describe("how long a scenario takes", () => {
  it.each([
    [650, 3, "3 min 37 s"],
    [450, 10, "45 s"],
    [1200, 1, "20 min 0 s"],
  ])("%i s at time-lapse %i: %s", (endsAtSeconds, timeLapse, text) => {
    expect(durationText({ endsAtSeconds }, timeLapse)).toBe(text);
  });
});

describe("the pace of a scenario", () => {
  const scenario = { name: "flapping", fastest: 10 };

  it.each([
    [undefined, 1],
    [undefined, 10],
    ["5", 5],
    ["2.5", 2.5],
  ])("asked for %s, with a stack at %d, is played", (wanted, running) => {
    expect(() => checkPace(scenario, wanted, running)).not.toThrow();
  });

  it.each([
    ["5", 1, "runs at a time-lapse of 1, not of 5: leave --time-lapse out"],
    ["5", 1, "of at most 10: npm start -- --time-lapse 10"],
    ["fast", 10, "runs at a time-lapse of 10, not of fast"],
    [undefined, 60, "flapping is tested up to 10: end the stack"],
    ["60", 60, "start it with npm start -- --time-lapse 10"],
  ])("asked for %s, with a stack at %d, is refused", (wanted, running, message) => {
    expect(() => checkPace(scenario, wanted, running)).toThrow(message);
  });
});

import { describe, expect, it } from "vitest";
import { holdDownOf } from "../../lambda/domain/rules.ts";

describe("holdDownOf", () => {
  const rules = {
    holdDownSeconds: 30,
    holdDowns: [
      { server: "SIPTS750", prefix: "70", seconds: 5 },
      { prefix: "9", seconds: 0 },
      { server: "AVAYATS1", seconds: 900 },
    ],
  };

  it.each([
    ["SIPTS750", "7001", 5],
    ["SIPTS750", "7101", 30],
    ["SIPTS750", "9001", 0],
    ["AVAYATS1", "7001", 900],
    ["AVAYATS1", "9001", 0],
    ["SIPTS2", "7001", 30],
  ])("is the first that matches: on %s, %s waits %i s", (server, thisDN, seconds) => {
    expect(holdDownOf(rules, { server, thisDN })).toBe(seconds);
  });
});

import { describe, expect, it } from "vitest";
import { summarize } from "../../../proof/results/measurement.ts";
import { goalText, toJson, toTable } from "../../../proof/results/report.ts";

const results = [
  summarize({ name: "init", what: "a start", goal: { atMost: 2.9 } }, [
    { figure: 2.5, reference: 20 },
    { figure: 3, reference: 30 },
    { figure: 2.75, reference: 21 },
  ]),
  summarize({ name: "calls", what: "calls an event", goal: { atMost: 0.01 } }, [{ figure: 0.02 }]),
  summarize({ name: "peer-cpu", what: "ours against theirs", goal: {} }, [{ figure: 0.5 }]),
];

describe("a goal", () => {
  it.each([
    [{}, "–"],
    [{ atLeast: 0.9 }, "≥ 0.90"],
    [{ atMost: 84 }, "≤ 84"],
    [{ atMost: 0.01 }, "≤ 0.0100"],
    [{ atLeast: 0.9, atMost: 1.15 }, "0.90–1.15"],
  ])("%j is shown as %s", (goal, text) => {
    expect(goalText(goal)).toBe(text);
  });
});

describe("the table", () => {
  it("shows a row each, which passes or is short, and says when the machine was unsteady", () => {
    expect(toTable(results).split("\n")).toEqual([
      "| name | what | goal | figure | min to max | |",
      "| --- | --- | --- | --- | --- | --- |",
      "| init | a start | ≤ 2.90 | 2.75 | 2.50 to 3 | pass (unsteady) |",
      "| calls | calls an event | ≤ 0.0100 | 0.0200 | 0.0200 to 0.0200 | short |",
      "| peer-cpu | ours against theirs | – | 0.50 | 0.50 to 0.50 | – |",
    ]);
  });
});

describe("the JSON", () => {
  it("holds name, goal, figure, range and whether it passes, of each row", () => {
    expect(JSON.parse(toJson(results))).toEqual([
      { name: "init", goal: "≤ 2.90", figure: 2.75, min: 2.5, max: 3, pass: true },
      { name: "calls", goal: "≤ 0.0100", figure: 0.02, min: 0.02, max: 0.02, pass: false },
      { name: "peer-cpu", goal: "–", figure: 0.5, min: 0.5, max: 0.5, pass: true },
    ]);
  });
});

import type { Goal, MeasurementResult } from "./measurement.ts";

const number = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 0.1 ? 4 : 2);

/** A goal as the table shows it. */
export const goalText = ({ atLeast, atMost }: Goal): string => {
  if (atLeast === undefined) return atMost === undefined ? "–" : `≤ ${number(atMost)}`;
  return atMost === undefined ? `≥ ${number(atLeast)}` : `${number(atLeast)}–${number(atMost)}`;
};

const verdict = ({ goal, pass, unsteady }: MeasurementResult): string => {
  const noGoal = goal.atLeast === undefined && goal.atMost === undefined;
  return `${noGoal ? "–" : pass ? "pass" : "short"}${unsteady ? " (unsteady)" : ""}`;
};

/** The table in Markdown, as docs/performance.md has it. */
export const toTable = (results: readonly MeasurementResult[]): string =>
  [
    "| name | what | goal | figure | min to max | |",
    "| --- | --- | --- | --- | --- | --- |",
    ...results.map((result) => {
      const { name, what, goal, figure, min, max } = result;
      const range = `${number(min)} to ${number(max)}`;
      return `| ${[name, what, goalText(goal), number(figure), range, verdict(result)].join(" | ")} |`;
    }),
  ].join("\n");

/** The same for programs. */
export const toJson = (results: readonly MeasurementResult[]): string =>
  JSON.stringify(
    results.map(({ name, goal, figure, min, max, pass }) => ({
      name,
      goal: goalText(goal),
      figure,
      min,
      max,
      pass,
    })),
  );

import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { parseOptions } from "../commands/shell/parse-options.ts";
import { measurements } from "./bench/measurements.ts";
import { showResults } from "./bench/show-results.ts";
import { type Measurement, type MeasurementResult, summarize } from "./results/measurement.ts";

const usage = `npm run bench -- [--only NAME] [--json]

Measures what docs/performance.md shows. Every figure is a count, or a ratio
within this run.

  --only NAME   one measurement, or all whose names begin with NAME
  --json        [{name, goal, figure, min, max, pass}] and nothing else on
                stdout

${measurements.map(({ name, what }) => `  ${name.padEnd(24)}${what}`).join("\n")}`;

const choose = (only: string | undefined): Measurement[] => {
  const chosen = measurements.filter(({ name }) => only === undefined || name.startsWith(only));
  if (chosen.length === 0) throw new UsageError(`--only ${only}: there is no such measurement`);
  return chosen;
};

const options = {
  only: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Measures what was chosen, one after another, and prints what was found; what is short of its goal is no error. */
export const bench: Command = async ({ args, terminal }) => {
  const values = parseOptions(args, options);
  const results: MeasurementResult[] = [];
  for (const measurement of choose(values.only)) {
    if (!values.json) terminal.note(`${measurement.name} …`);
    results.push(summarize(measurement, await measurement.measure()));
  }
  showResults(results, { asJson: values.json, terminal });
  return 0;
};

if (import.meta.main) await runCommand(usage, bench);

import { cpus } from "node:os";
import { parseArguments } from "../command-line/parse-arguments.ts";
import { type Command, runCommand } from "../command-line/run-command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { type Measurement, type Result, summarize } from "./measurement.ts";
import { measurements } from "./measurements.ts";
import { toJson, toTable } from "./report.ts";

const usage = `npm run bench -- [--only NAME] [--json]

Measures what docs/performance.md shows, every figure a ratio within this run or a count.

  --only NAME   one measurement, or all whose names begin so
  --json        [{name, goal, figure, min, max, pass}] and nothing else

${measurements.map(({ name, what }) => `  ${name.padEnd(24)}${what}`).join("\n")}`;

const choose = (only: string | undefined): Measurement[] => {
  const chosen = measurements.filter(({ name }) => only === undefined || name.startsWith(only));
  if (chosen.length === 0) throw new UsageError(`--only ${only}: there is no such measurement`);
  return chosen;
};

const machine = (): string =>
  `${new Date().toISOString()}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;

const options = {
  only: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

/** Measures what was chosen, one after another, and prints what was found; what is short of its goal is no error. */
export const bench: Command = async ({ args, terminal }) => {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length > 0) throw new UsageError(`what is "${positionals[0]}"?`);
  const results: Result[] = [];
  for (const measurement of choose(values.only)) {
    if (!values.json) terminal.note(`${measurement.name} …`);
    results.push(summarize(measurement, await measurement.measure()));
  }
  terminal.print(values.json ? toJson(results) : `${machine()}\n\n${toTable(results)}`);
  if (!values.json && results.some(({ unsteady }) => unsteady)) {
    terminal.note(
      "unsteady: the reference itself varied by more than 25 % between the rounds; close other programs.",
    );
  }
  return 0;
};

if (import.meta.main) await runCommand(usage, bench);

import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { parseOptions } from "../commands/shell/parse-options.ts";
import { toRows } from "./load/rows.ts";
import { runAtLimit } from "./load/run-at-limit.ts";
import { toJson, toTable } from "./results/report.ts";

const usage = `npm run load -- [--minutes N] [--senders N] [--engine NAME] [--json]

Sends to a local stack of its own as fast as it answers. Checks that its memory
stays flat, that it answers only 200 or a polite 429 or 503, and that it stored
everything that it answered with 200.

  --minutes N     how long (5)
  --senders N     requests in flight at once, from four bridges (128)
  --engine NAME   as for npm start
  --json          [{name, goal, figure, min, max, pass}] and nothing else`;

const options = {
  minutes: { type: "string", default: "5" },
  senders: { type: "string", default: "128" },
  engine: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

const readNumber = (name: string, text: string): number => {
  if (/^\d{1,4}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`--${name} ${text}: give a number above 0`);
};

const interrupted = 130;

/** Loads a stack at its limit and prints what was found; exit code 1 where something is not as it must be. */
const limit: Command = async ({ args, terminal, signal }) => {
  const values = parseOptions(args, options);
  const findings = await runAtLimit({
    seconds: readNumber("minutes", values.minutes) * 60,
    senders: Math.ceil(readNumber("senders", values.senders)),
    stackArguments: values.engine === undefined ? [] : ["--engine", values.engine],
    say: values.json ? () => undefined : terminal.note,
    signal,
  });
  if (findings === undefined) return interrupted;
  const rows = toRows(findings);
  terminal.print(values.json ? toJson(rows) : toTable(rows));
  return rows.every(({ pass }) => pass) ? 0 : 1;
};

if (import.meta.main) await runCommand(usage, limit, { interruptible: true });

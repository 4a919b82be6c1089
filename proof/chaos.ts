import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { parseOptions } from "../commands/shell/parse-options.ts";
import { tableLines } from "../commands/shell/table-lines.ts";
import { recordsKept } from "../local/emulators/dynoxide-streams.ts";
import { cases } from "./chaos/cases/cases.ts";
import { type ChaosCase, runCase } from "./chaos/cases/chaos-case.ts";
import type { Check } from "./chaos/check.ts";
import type { Audience } from "./chaos/in-directory.ts";
import { NotPossible } from "./chaos/not-possible.ts";
import { runChaosRound } from "./chaos/run-round.ts";

// Some statuses are written more often than there are events: when they become stale.
const mostEvents = 40_000;

const usage = `npm run chaos -- [--seed N] [--events N] [--minutes N]
npm run chaos -- --case NAME

Runs the local stack with faults between its functions and its emulators, kills
it, its functions and a bridge, and says whether the promises of docs/chaos.md
were kept. Exit code 1: they were not. Exit code 2: this machine cannot run the
case.

  --seed N       the number that decides faults, load and kills; otherwise
                 random, and printed
  --events N     how many events two bridges send in a round (20000), at most
                 ${mostEvents}: the checks read the stream of the statuses, and the
                 local stack keeps its newest ${recordsKept} records
  --minutes N    more rounds, with the next seeds, for so many minutes
  --case NAME    one of
${cases.map(({ name, expected }) => `    ${name.padEnd(20)}${expected}`).join("\n")}`;

const options = {
  seed: { type: "string" },
  events: { type: "string", default: "20000" },
  minutes: { type: "string", default: "0" },
  case: { type: "string" },
} as const;

const eventsPerKill = 500;

const readNumber = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} ${text}: give a whole number`);
  return Number(text);
};

/** The checks as a table. */
export const checksTable = (checks: readonly Check[]): string[] =>
  tableLines([
    ["must be so", "", "found"],
    ...checks.map(({ name, isGood, found }) => [name, isGood ? "yes" : "NO", found]),
  ]);

const chooseCase = (name: string): ChaosCase => {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new UsageError(`--case ${name}: there is no such case`);
  return found;
};

const readEvents = (text: string): number => {
  const events = readNumber("events", text);
  if (events > mostEvents) throw new UsageError(`--events ${text}: at most ${mostEvents}`);
  return events;
};

const readSettings = (args: readonly string[]) => {
  const values = parseOptions(args, options);
  return {
    seed: readNumber("seed", values.seed ?? String(Math.floor(Math.random() * 1_000_000))),
    events: readEvents(values.events),
    until: Date.now() + readNumber("minutes", values.minutes) * 60_000,
    chosen: values.case === undefined ? undefined : chooseCase(values.case),
  };
};

type Settings = ReturnType<typeof readSettings>;

const play = async (
  { chosen, events }: Settings,
  seed: number,
  audience: Audience,
): Promise<Check[]> => {
  if (chosen !== undefined) return runCase(chosen, seed, audience);
  return runChaosRound({ ...audience, seed, events, kills: Math.ceil(events / eventsPerKill) });
};

/** Plays a case, or runs rounds until the time is over or something is wrong. */
const chaos: Command = async ({ args, terminal, signal }) => {
  const settings = readSettings(args);
  const { events, until, chosen } = settings;
  const audience = { say: terminal.note, signal };
  for (let { seed } = settings; ; seed += 1) {
    const what = chosen === undefined ? `--events ${events}` : `--case ${chosen.name}`;
    terminal.print(`npm run chaos -- --seed ${seed} ${what}`);
    const checks = await play(settings, seed, audience);
    for (const line of checksTable(checks)) terminal.print(line);
    if (!checks.every(({ isGood }) => isGood)) return 1;
    if (Date.now() >= until) return 0;
  }
};

/** What cannot be played ends with 2, as a mistake in the call does; what was interrupted with 130. */
const chaosOrWhyNot: Command = async (invocation) => {
  const { terminal, signal } = invocation;
  try {
    return await chaos(invocation);
  } catch (error) {
    if (signal.aborted) return 130;
    if (!(error instanceof NotPossible)) throw error;
    terminal.note(`This case did not run: ${error.message}`);
    return 2;
  }
};

if (import.meta.main) await runCommand(usage, chaosOrWhyNot, { interruptible: true });

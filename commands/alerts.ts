import {
  type Command,
  type CommandInvocation,
  runCommand,
} from "../bridge/terminal/run-command.ts";
import type { Scope } from "../lambda/domain/access/reader-token.ts";
import { acknowledgeAlert, takeBackAcknowledgement } from "./alerts/acknowledge-alert.ts";
import { alertsOptions, readAlertsArguments } from "./alerts/alerts-arguments.ts";
import { explainDn } from "./alerts/explain-dn.ts";
import { followStackAlerts } from "./alerts/follow-stack-alerts.ts";
import { listOpen } from "./alerts/list-open.ts";
import { givenToken } from "./api/command-token.ts";
import { type ApiUse, withApi } from "./api/with-api.ts";
import { firstWord } from "./shell/first-word.ts";
import { findStack } from "./stacks/find-stack.ts";
import type { Stack } from "./stacks/stack.ts";
import { windows, windowsOptions, windowsUsage } from "./windows.ts";

const usage = `npm run alerts
  Prints each alert until Ctrl-C, on the local stack first those since it
  started. One line each; a terminal shows it wrapped.
npm run alerts -- --open [--json]
  What is open now, with ids, and who acknowledged it.
npm run alerts -- ack ID [--note TEXT] [--author NAME]
npm run alerts -- unack ID
  Acknowledges an open alert, so that others know who has it; takes that back.
  The beginning of an id, 4 characters or more, is enough.
npm run alerts -- why DN [--server NAME] [--all] [--json]
  Why there was, or was not, an alert about a DN: its newest ten losses.
npm run alerts -- windows list|add|end
  Plans maintenance: see npm run windows -- --help

  --json         a JSON object a line
  --author NAME  stands beside the token's name, unverified
  --all          every loss
  --token-file FILE
                 a reader token, or set READER_TOKEN; otherwise the local
                 stack's, or on a stage a temporary one
  --stage NAME   a deployed stage; otherwise the local stack. The alerts are
                 followed from now on, through a temporary queue`;

type Arguments = ReturnType<typeof readAlertsArguments>;

const scopes = {
  "--open": ["alerts:read"],
  ack: ["alerts:read", "alerts:write"],
  unack: ["alerts:read", "alerts:write"],
  why: ["alerts:read", "registrations:read"],
} as const satisfies Record<Exclude<Arguments["action"], "follow">, readonly Scope[]>;

const perform = async (
  { action, argument, values }: Arguments,
  { stageOption }: Stack,
  { terminal, ...api }: ApiUse & Pick<CommandInvocation, "terminal">,
): Promise<number> => {
  const { json = false, all = false, note, author, server } = values;
  const printAll = (lines: readonly string[]): void => lines.forEach(terminal.printText);
  switch (action) {
    case "ack":
      printAll(await acknowledgeAlert(api, argument, { note, author }));
      if (api.isTemporary && author === undefined)
        terminal.note("others see the temporary token's name only: --author NAME adds yours");
      return 0;
    case "unack":
      printAll(await takeBackAcknowledgement(api, argument));
      return 0;
    case "why":
      return (await explainDn(api, { thisDN: argument, server }, { terminal, json, all })) ? 0 : 1;
    default:
      await listOpen(api, terminal, { json, stageOption, now: Date.now() });
      return 0;
  }
};

/** Follows the alerts; says what is open, and why; acknowledges. */
const alerts: Command = async ({ args, ...invocation }) => {
  const given = readAlertsArguments(args);
  const stack = await findStack(given.values.stage);
  if (given.action === "follow") {
    await followStackAlerts(stack, invocation);
    return 0;
  }
  const purpose = { name: "alerts", scopes: scopes[given.action] };
  const token = givenToken(given.values);
  return withApi({ stack, given: token, purpose }, invocation, (api) =>
    perform(given, stack, { ...api, terminal: invocation.terminal }),
  );
};

if (import.meta.main) {
  const word = firstWord(process.argv.slice(2), { ...windowsOptions, ...alertsOptions });
  const interruptible = { interruptible: true };
  if (word === "windows") await runCommand(windowsUsage, windows, interruptible);
  await runCommand(usage, alerts, interruptible);
}

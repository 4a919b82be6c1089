import { printable } from "../bridge/terminal/printable.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import type { Terminal } from "../bridge/terminal/terminal.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { runSmoke } from "./smoke/run-smoke.ts";
import { StepFailedError } from "./smoke/run-steps.ts";
import { getSmokeCredentials } from "./smoke/smoke-credentials.ts";
import { stageWarnings } from "./smoke/stage-warnings.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run smoke -- [--stage NAME]
  Sends, reads and subscribes, and reports what works. It registers, loses, and
  gives up a DN smoke-… on the server smoke-test: subscribers of the alerts get
  one critical alert, opened and resolved. Because of hold-down and hold-open,
  that takes some minutes. On a stage it warns when alarms reach no person, when
  the account runs few functions at once, or when a bridge key may name every
  T-Server for want of a list; it still ends with 0 then.

  --key-file FILE, --token-file FILE
                 a bridge key that may name smoke-test and a reader token, or
                 set BRIDGE_KEY and READER_TOKEN; otherwise the local stack's,
                 or on a stage temporary ones
  --stage NAME   a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  "key-file": { type: "string" },
  "token-file": { type: "string" },
} as const;

/** A warning, wrapped for the terminal, and the command in its second line, if there is one, to be pasted. */
const printWarning = (warning: string, terminal: Terminal): void => {
  const [text = "", command] = warning.split("\n");
  terminal.printText(printable(`WARNING ${text}`));
  if (command !== undefined) terminal.print(command);
};

/** Tests a running stack from outside; 0 only when every step was right. */
const smoke: Command = async (invocation) => {
  const values = parseOptions(invocation.args, options);
  const stack = await findStack(values.stage);
  const { terminal } = invocation;
  const credentials = await getSmokeCredentials(stack, {
    keyFile: values["key-file"],
    tokenFile: values["token-file"],
    key: process.env["BRIDGE_KEY"],
    token: process.env["READER_TOKEN"],
  });
  try {
    const warnings = await stageWarnings(stack);
    for (const warning of warnings) printWarning(warning, terminal);
    await runSmoke(stack, credentials, invocation);
    terminal.note(
      `${stack.title} works${warnings.length > 0 ? ", but see the WARNING above" : ""}`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailedError)) throw error;
    const found = invocation.signal.aborted ? "was not tested to the end" : "does not work";
    terminal.note(`${stack.title} ${found}: the steps after the failed one did not run`);
    return 1;
  } finally {
    await credentials.revoke();
    if (credentials.temporary) terminal.note("the temporary key and token are revoked");
  }
};

if (import.meta.main) await runCommand(usage, smoke, { interruptible: true });

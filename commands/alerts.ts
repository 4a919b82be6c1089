import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { followLocalAlerts } from "./alerts/follow-local-alerts.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run alerts
  Prints each alert until Ctrl-C, on the local stack first those since it
  started. One line each; a terminal shows it wrapped.

  --stage NAME   a deployed stage: from now on, through a temporary queue`;

/** Follows the alert topic until the person, or the local stack, ends it. */
const alerts: Command = async ({ args, terminal, signal }) => {
  const values = parseOptions(args, stageOption);
  const stack = await findStack(values.stage);
  terminal.note(`alerts of ${stack.title}; Ctrl-C ends`);
  if (stack.local !== undefined) await followLocalAlerts(stack.local, terminal, signal);
  else {
    const { followTopic } = await import("./alerts/follow-topic.ts");
    await followTopic(stack, terminal, signal);
  }
  return 0;
};

if (import.meta.main) await runCommand(usage, alerts, { interruptible: true });

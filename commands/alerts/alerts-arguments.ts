import { parseArguments } from "../../bridge/terminal/parse-arguments.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { tokenOption } from "../api/command-token.ts";
import { refuseEmpty, refuseOutside } from "../shell/given-options.ts";
import { requireAction } from "../shell/require-action.ts";
import { stageOption } from "../stacks/find-stack.ts";
import { readAlertId } from "./find-alert.ts";

/** The options of the command for alerts. */
export const alertsOptions = {
  ...stageOption,
  ...tokenOption,
  open: { type: "boolean" },
  note: { type: "string" },
  author: { type: "string" },
  server: { type: "string" },
  all: { type: "boolean" },
  json: { type: "boolean" },
} as const;

const takenBy = {
  note: ["ack"],
  author: ["ack"],
  server: ["why"],
  all: ["why"],
  json: ["--open", "why"],
  "token-file": ["--open", "ack", "unack", "why"],
};

const readAction = (positionals: readonly string[], open: boolean | undefined) => {
  if (positionals.length === 0) {
    const action = open ? ("--open" as const) : ("follow" as const);
    return { action, argument: "" };
  }
  if (open) throw new UsageError("--open lists what is open: give it alone");
  return requireAction(positionals, { ack: 1, unack: 1, why: 1 });
};

/** What the command is to do, and with which options. Throws UsageError for what does not go together. */
export const readAlertsArguments = (args: readonly string[]) => {
  const { values, positionals } = parseArguments(args, alertsOptions);
  if (positionals.length === 1 && positionals[0] === "why") throw new UsageError("why needs a DN");
  const { action, argument } = readAction(positionals, values.open);
  refuseEmpty(values);
  refuseOutside(action, values, takenBy);
  // Here, too, before a token is made.
  if (action === "ack" || action === "unack") readAlertId(argument);
  return { values, action, argument };
};

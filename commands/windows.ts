import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { givenToken, tokenOption } from "./api/command-token.ts";
import { withApi } from "./api/with-api.ts";
import { refuseEmpty, refuseOutside } from "./shell/given-options.ts";
import { requireAction } from "./shell/require-action.ts";
import { requireJson } from "./shell/require-json.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";
import { addWindow, endWindow, printWindows, shieldWindowId } from "./windows/manage-windows.ts";
import { readPlan } from "./windows/read-plan.ts";

/** How the command is called, also as `npm run alerts -- windows`. */
export const windowsUsage = `npm run windows -- list
npm run windows -- add WHAT --for 2h|--end TIME [--start TIME] --reason TEXT
npm run windows -- end ID
  Maintenance windows: losses in one are alerted only if they last longer.
  end takes the beginning of an id too. The same: npm run alerts -- windows …

  --server NAME  WHAT: a T-Server; with --dn or --prefix only these DNs of it
  --dn DN        a DN; may be given again
  --prefix P     the DNs that begin so
  --everything   or every DN of every T-Server
  --start TIME   now (the default), +2h (from now), or 2026-11-20T22:00:00Z
  --end TIME     like --start
  --for SPAN     instead of --end: how long it lasts, 2h, 90m, 1d
  --reason TEXT  why, for others
  --author NAME  who plans it: stands beside the token's name, unverified
  --json         list and add: a JSON object a line
  --token-file FILE
                 a reader token with alerts:read and alerts:write, or set
                 READER_TOKEN; otherwise the local stack's, or on a stage a
                 temporary one
  --stage NAME   a deployed stage; otherwise the local stack`;

/** The options of the command. */
export const windowsOptions = {
  ...stageOption,
  ...tokenOption,
  server: { type: "string" },
  dn: { type: "string", multiple: true },
  prefix: { type: "string" },
  everything: { type: "boolean" },
  start: { type: "string" },
  end: { type: "string" },
  for: { type: "string" },
  reason: { type: "string" },
  author: { type: "string" },
  json: { type: "boolean" },
} as const;

const add = ["add"];
const takenBy = {
  ...{ server: add, dn: add, prefix: add, everything: add },
  ...{ start: add, end: add, for: add, reason: add, author: add },
};

const scopes = {
  list: ["alerts:read"],
  add: ["alerts:write"],
  end: ["alerts:read", "alerts:write"],
} as const;

/** Lists, plans and ends maintenance windows. */
export const windows: Command = async (invocation) => {
  const { values, positionals } = parseArguments(shieldWindowId(invocation.args), windowsOptions);
  // npm run alerts -- windows …
  const words = positionals[0] === "windows" ? positionals.slice(1) : positionals;
  const { action, argument } = requireAction(words, { list: 0, add: 0, end: 1 });
  refuseEmpty(values);
  refuseOutside(action, values, takenBy);
  const json = requireJson(values.json, action);
  const now = Date.now();
  const plan = action === "add" ? readPlan(values, now) : undefined;
  const stack = await findStack(values.stage);
  const purpose = { name: "windows", scopes: scopes[action] };
  await withApi({ stack, given: givenToken(values), purpose }, invocation, async (access) => {
    const { terminal } = invocation;
    const context = { access, terminal, json, now, stageOption: stack.stageOption };
    if (action === "list") await printWindows(context);
    if (action === "end") await endWindow(context, argument);
    if (plan !== undefined) await addWindow(context, plan);
  });
  return 0;
};

if (import.meta.main) await runCommand(windowsUsage, windows, { interruptible: true });

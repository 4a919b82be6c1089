import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { givenToken, tokenOption } from "./api/command-token.ts";
import { withApi } from "./api/with-api.ts";
import { type Retirement, sendRetirement } from "./retire/send-retirement.ts";
import { refuseEmpty, requireOption } from "./shell/given-options.ts";
import { parseOptions } from "./shell/parse-options.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run retire -- --server SIPTS750 [--dn 7001] [--application bridge-a]
                  --note TEXT [--author NAME]
  Takes registrations that are gone for good out of lists, silence checks and
  open alerts: those of a DN, or all of a server, for all applications or one.
  An EventRegistered brings one back.

  --note TEXT        why: recorded in the history and the alerts' timelines,
                     with the token's name
  --author NAME      who does it: stands beside the token's name, unverified
  --token-file FILE  a reader token with the scope registrations:write, or set
                     READER_TOKEN; otherwise the local stack's, or on a stage a
                     temporary one
  --stage NAME       a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  server: { type: "string" },
  dn: { type: "string" },
  application: { type: "string" },
  author: { type: "string" },
  note: { type: "string" },
  ...tokenOption,
} as const;

type Values = Readonly<Record<string, string | undefined>>;

const readRetirement = (values: Values): Retirement => ({
  server: requireOption(values, "server"),
  thisDN: values["dn"],
  application: values["application"],
  author: values["author"],
  note: requireOption(values, "note"),
});

const purpose = { name: "retire", scopes: ["registrations:write"] } as const;

/** Retires registrations through the API. */
const retire: Command = async (invocation) => {
  const values = parseOptions(invocation.args, options);
  // An empty --dn, from a variable that is not set, must not become a whole server.
  refuseEmpty(values);
  const retirement = readRetirement(values);
  const stack = await findStack(values.stage);
  await withApi({ stack, given: givenToken(values), purpose }, invocation, async (api) =>
    invocation.terminal.print(await sendRetirement(api, retirement)),
  );
  return 0;
};

if (import.meta.main) await runCommand(usage, retire, { interruptible: true });

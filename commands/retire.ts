import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { getRetireToken, type RetireToken } from "./retire/retire-token.ts";
import { type Retirement, sendRetirement } from "./retire/send-retirement.ts";
import { untilEnded } from "./retire/until-ended.ts";
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
  "token-file": { type: "string" },
} as const;

type Values = Readonly<Record<string, string | undefined>>;

const given = (values: Values, name: string): string | undefined => {
  const value = values[name];
  // An empty --dn, from a variable that is not set, must not become a whole server.
  if (value === "") throw new UsageError(`--${name} is empty`);
  return value;
};

const required = (values: Values, name: string): string => {
  const value = given(values, name);
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
};

const readRetirement = (values: Values): Retirement => ({
  server: required(values, "server"),
  thisDN: given(values, "dn"),
  application: given(values, "application"),
  author: given(values, "author"),
  note: required(values, "note"),
});

// What was just made holds within a minute; what was given holds, or does not.
const patienceWith = ({ revoke }: RetireToken) => ({
  forMs: revoke === undefined ? 0 : 75_000,
  everyMs: 2_000,
});

/** Retires registrations through the API. */
const retire: Command = async ({ args, terminal, signal }) => {
  const values = parseOptions(args, options);
  const retirement = readRetirement(values);
  const stack = await findStack(values.stage);
  const text = process.env["READER_TOKEN"];
  const token = await getRetireToken(stack, { file: values["token-file"], text });
  try {
    const access = { url: stack.url, token: token.value, patience: patienceWith(token) };
    terminal.print(await untilEnded(sendRetirement(access, retirement), signal));
    return 0;
  } finally {
    await token.revoke?.();
    if (token.revoke !== undefined) terminal.note("the temporary token is revoked");
  }
};

if (import.meta.main) await runCommand(usage, retire, { interruptible: true });

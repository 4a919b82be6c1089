import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { scopes as knownScopes, type Scope } from "../lambda/domain/access/reader-token.ts";
import { addToken, listTokens, revokeToken } from "./secrets/manage-tokens.ts";
import { parseScopes } from "./secrets/parse-scopes.ts";
import { requireName } from "./secrets/require-name.ts";
import { refuseOutside } from "./shell/given-options.ts";
import { requireAction } from "./shell/require-action.ts";
import { requireJson } from "./shell/require-json.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run tokens -- list
npm run tokens -- add --name crm --scopes registrations:read[,…]
npm run tokens -- revoke ID
  A reader shows its token to the API. Only the token's hash is stored.

  --scopes LIST   of ${knownScopes.join(", ")}
  --json          list and add: the result as JSON
  --stage NAME    a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  name: { type: "string" },
  scopes: { type: "string", multiple: true },
  json: { type: "boolean" },
} as const;

const requireScopes = (scopes: readonly string[] | undefined): Scope[] => {
  if (scopes === undefined)
    throw new UsageError(`--scopes is missing; known are ${knownScopes.join(", ")}`);
  return parseScopes(scopes.join());
};

/** Lists, makes and revokes the tokens that readers show. */
const tokens: Command = async ({ args, terminal }) => {
  const { values, positionals } = parseArguments(args, options);
  const { action, argument } = requireAction(positionals, { list: 0, add: 0, revoke: 1 });
  refuseOutside(action, values, { name: ["add"], scopes: ["add"] });
  const json = requireJson(values.json, action);
  const name = action === "add" ? requireName(values.name) : "";
  const scopes = action === "add" ? requireScopes(values.scopes) : [];
  const stack = await findStack(values.stage);
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  const context = { client, stack, terminal, json };
  if (action === "list") await listTokens(context);
  if (action === "add") await addToken(context, name, scopes);
  if (action === "revoke") await revokeToken(context, argument);
  return 0;
};

if (import.meta.main) await runCommand(usage, tokens);

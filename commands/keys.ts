import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { checkServerName } from "../bridge/check-server-name.ts";
import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { refuseLooseServers, requireServers } from "./secrets/key-servers.ts";
import { addKey, listKeys, revokeKey } from "./secrets/manage-keys.ts";
import { requireName } from "./secrets/require-name.ts";
import { refuseOutside } from "./shell/given-options.ts";
import { requireAction } from "./shell/require-action.ts";
import { requireJson } from "./shell/require-json.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run keys -- list
npm run keys -- add --name bridge-a --servers SIPTS750,SIPTS751
npm run keys -- revoke ID
  A bridge signs with its key; its name is the application that its events
  belong to. A name may have several keys: add the new one, change the bridge,
  revoke the old one.

  --servers LIST       the T-Servers whose events the bridge sends, separated
                       by commas; '*' (in quotes) for all. Events about others
                       are rejected
  --server-name NAME   the T-Server's name for events that do not say theirs;
                       without --servers the only one of the key
  --json               list and add: the result as JSON
  --stage NAME         a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  name: { type: "string" },
  servers: { type: "string", multiple: true },
  "server-name": { type: "string" },
  json: { type: "boolean" },
} as const;

/** Lists, makes and revokes the keys that bridges sign with. */
const keys: Command = async ({ args, terminal }) => {
  const { values, positionals } = parseArguments(args, options);
  refuseLooseServers(positionals, values.servers);
  const { action, argument } = requireAction(positionals, { list: 0, add: 0, revoke: 1 });
  refuseOutside(action, values, { name: ["add"], servers: ["add"], "server-name": ["add"] });
  const name = action === "add" ? requireName(values.name) : "";
  const json = requireJson(values.json, action);
  const serverName = checkServerName(values["server-name"]);
  const servers = action === "add" ? requireServers(values.servers, serverName) : [];
  const stack = await findStack(values.stage);
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  const context = { client, stack, terminal, json };
  if (action === "list") await listKeys(context);
  if (action === "add") await addKey(context, { name, servers, serverName });
  if (action === "revoke") await revokeKey(context, argument);
  return 0;
};

if (import.meta.main) await runCommand(usage, keys);

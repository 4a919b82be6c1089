import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { checkServerName } from "../bridge/check-server-name.ts";
import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { addKey, listKeys, revokeKey } from "./secrets/manage-keys.ts";
import { requireName } from "./secrets/require-name.ts";
import { requireAction } from "./shell/require-action.ts";
import { findStack, stageOption } from "./stacks/find-stack.ts";

const usage = `npm run keys -- list
npm run keys -- add --name bridge-a [--server-name SIPTS750]
npm run keys -- revoke ID
  A bridge signs with its key; its name is the application that its events
  belong to. A name may have several keys: add the new one, change the bridge,
  revoke the old one.

  --server-name NAME   the T-Server's name for events that do not say theirs
  --stage NAME         a deployed stage; otherwise the local stack`;

const options = {
  ...stageOption,
  name: { type: "string" },
  "server-name": { type: "string" },
} as const;

/** Lists, makes and revokes the keys that bridges sign with. */
const keys: Command = async ({ args, terminal }) => {
  const { values, positionals } = parseArguments(args, options);
  const { action, argument } = requireAction(positionals, { list: 0, add: 0, revoke: 1 });
  const name = action === "add" ? requireName(values.name) : "";
  const serverName = checkServerName(values["server-name"]);
  const stack = await findStack(values.stage);
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  const context = { client, stack, terminal };
  if (action === "list") await listKeys(context);
  if (action === "add") await addKey(context, name, serverName);
  if (action === "revoke") await revokeKey(context, argument);
  return 0;
};

if (import.meta.main) await runCommand(usage, keys);

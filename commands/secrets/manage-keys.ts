import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Terminal } from "../../bridge/terminal/terminal.ts";
import {
  type BridgeKey,
  type BridgeKeys,
  BridgeKeysSchema,
} from "../../lambda/domain/access/bridge-key.ts";
import { tableLines } from "../shell/table-lines.ts";
import type { Stack } from "../stacks/stack.ts";
import { addBridgeKey, createBridgeKey, type KeyPurpose, revokeBridgeKey } from "./bridge-keys.ts";
import { allServers, describeServers } from "./key-servers.ts";
import { type JsonSecret, readSecret, updateSecret } from "./update-secret.ts";

/** What the commands for keys and tokens work with. */
export type SecretContext = {
  readonly client: SecretsManagerClient;
  readonly stack: Pick<Stack, "title" | "url" | "secrets" | "stageOption">;
  readonly terminal: Terminal;
  /** Results as JSON, for programs. */
  readonly json?: boolean;
};

/** The stack's secret with the bridges' keys. */
export const bridgeKeysOf = ({ secrets }: Pick<Stack, "secrets">): JsonSecret<BridgeKeys> => ({
  id: secrets.bridgeKeys,
  schema: BridgeKeysSchema,
});

/** Prints the live keys, without what is secret of them. */
export const listKeys = async (context: SecretContext): Promise<void> => {
  const { client, stack, terminal, json } = context;
  const { value } = await readSecret(client, bridgeKeysOf(stack));
  const shown = value.keys.map(({ key: _, ...rest }) => rest);
  if (json) return terminal.print(JSON.stringify(shown));
  const rows = shown.map(({ id, name, serverName, servers, createdAt }) => [
    id,
    name,
    serverName ?? "-",
    describeServers(servers),
    createdAt,
  ]);
  if (rows.length === 0) terminal.note(`${stack.title} has no bridge key`);
  else
    for (const line of tableLines([["ID", "NAME", "SERVER NAME", "SERVERS", "CREATED"], ...rows]))
      terminal.print(line);
};

const createdOf = (
  { id, name, key, servers, createdAt }: BridgeKey,
  serverName: string | undefined,
): object => ({ id, name, key, servers, serverName, createdAt });

/** Makes a key and prints it, this once. */
export const addKey = async (
  { client, stack, terminal, json }: SecretContext,
  purpose: KeyPurpose,
): Promise<void> => {
  const { name, servers, serverName } = purpose;
  const key = createBridgeKey(purpose, new Date());
  const { keys } = await updateSecret(client, bridgeKeysOf(stack), (value) =>
    addBridgeKey(value, key),
  );
  terminal.note(
    `${key.id} for ${name} on ${stack.title}; it is shown only once and takes effect within 60 s:`,
  );
  terminal.print(json ? JSON.stringify(createdOf(key, serverName)) : key.key);
  terminal.note(`it may name ${allServers(servers)}`);
  terminal.note("store it in a file that only the bridge can read, then:");
  terminal.noteCommand(`  npm run bridge -- --url ${stack.url} --key-file FILE …`);
  const others = keys.filter((each) => each.name === name && each.id !== key.id);
  if (others.length > 0)
    terminal.note(
      `${name} has older keys: when it signs with the new one, revoke them: ${others
        .map(({ id }) => `npm run keys -- revoke ${id}${stack.stageOption}`)
        .join("; ")}`,
    );
};

/** Takes a key away. */
export const revokeKey = async (
  { client, stack, terminal }: SecretContext,
  id: string,
): Promise<void> => {
  let name = "";
  const { keys } = await updateSecret(client, bridgeKeysOf(stack), (value) => {
    name = value.keys.find((key) => key.id === id)?.name ?? "";
    return revokeBridgeKey(value, id);
  });
  terminal.print(`${id} of ${name} is revoked: refused everywhere within 60 s`);
  if (!keys.some((key) => key.name === name))
    terminal.note(`${name} has no key left: it can no longer send`);
};

import { randomBytes } from "node:crypto";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { localCredentials } from "../../local/emulators/local-clients.ts";
import type { StackDescription } from "../../local/stack/stack-description.ts";

/** Puts a new key for each bridge in the place of those that the stack has; answers them by the bridge's name. */
export const putBridgeKeys = async (
  { region, endpoints, secrets }: StackDescription,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const keys = names.map((name) => ({
    id: `key_${randomBytes(4).toString("hex")}`,
    name,
    key: `whsec_${randomBytes(32).toString("base64")}`,
    createdAt: new Date().toISOString(),
  }));
  const endpoint = endpoints.secretsManager;
  const client = new SecretsManagerClient({ region, endpoint, credentials: localCredentials });
  const SecretString = JSON.stringify({ keys });
  await client.send(new PutSecretValueCommand({ SecretId: secrets.bridgeKeys, SecretString }));
  client.destroy();
  return new Map(keys.map(({ name, key }) => [name, key]));
};

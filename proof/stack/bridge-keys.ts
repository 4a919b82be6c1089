import { randomBytes } from "node:crypto";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import type { StackDescription } from "../../local/stack/stack-description.ts";

const KeysSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      key: v.string(),
      servers: v.optional(v.array(v.string())),
    }),
  ),
);
/** A key that a bridge signs with, as the secret holds it. */
export type SigningKey = Readonly<v.InferOutput<typeof KeysSchema>[number]>;

/** Makes a new key for a bridge of this name. */
export const makeKey = (name: string): SigningKey => ({
  id: `key_${randomBytes(4).toString("hex")}`,
  name,
  key: `whsec_${randomBytes(32).toString("base64")}`,
});

/** Reads keys back from JSON. Throws on anything else. */
export const readKeys = (text: string | undefined): SigningKey[] => v.parse(KeysSchema, text);

/** Puts bridge keys in the place of those that the running stack has. */
export const putKeys = async (
  { region, endpoints, credentials, secrets }: StackDescription,
  keys: readonly SigningKey[],
): Promise<void> => {
  const endpoint = endpoints.secretsManager;
  const client = new SecretsManagerClient({ region, endpoint, credentials });
  const dated = keys.map((key) => ({ ...key, createdAt: new Date().toISOString() }));
  const SecretString = JSON.stringify({ keys: dated });
  await client.send(new PutSecretValueCommand({ SecretId: secrets.bridgeKeys, SecretString }));
  client.destroy();
};

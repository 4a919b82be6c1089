import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readSecretFile } from "../../bridge/bridge-settings.ts";
import { addBridgeKey, createBridgeKey, revokeBridgeKey } from "../secrets/bridge-keys.ts";
import { bridgeKeysOf } from "../secrets/manage-keys.ts";
import { makeTemporaryToken } from "../secrets/temporary-token.ts";
import { updateSecret } from "../secrets/update-secret.ts";
import type { Stack } from "../stacks/stack.ts";
import { smokeServer } from "./smoke-events.ts";

/** What the smoke test signs and reads with; `revoke` takes back what was made for it. */
export type SmokeCredentials = {
  readonly key: string;
  readonly token: string;
  readonly temporary: boolean;
  readonly revoke: () => Promise<void>;
};

/** What the person gave, by options or by environment. */
export type GivenCredentials = {
  readonly keyFile?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly key?: string | undefined;
  readonly token?: string | undefined;
};

type Part = { readonly value: string; readonly revoke?: () => Promise<unknown> };

const makeKey = async (client: SecretsManagerClient, stack: Stack): Promise<Part> => {
  const made = createBridgeKey({ name: "smoke-test", servers: [smokeServer] }, new Date());
  const secret = bridgeKeysOf(stack);
  await updateSecret(client, secret, (keys) => addBridgeKey(keys, made));
  const revoke = () => updateSecret(client, secret, (keys) => revokeBridgeKey(keys, made.id));
  return { value: made.key, revoke };
};

const readingToken = { name: "smoke-test", scopes: ["registrations:read"] } as const;

const readGiven = async (file: string | undefined, text: string | undefined) =>
  file === undefined ? text || undefined : readSecretFile(file);

/** The credentials as given, else those of the local stack, else temporary ones on the stage. */
export const getSmokeCredentials = async (
  stack: Stack,
  given: GivenCredentials,
): Promise<SmokeCredentials> => {
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  const givenKey = (await readGiven(given.keyFile, given.key)) ?? stack.local?.bridge.key;
  const givenToken = (await readGiven(given.tokenFile, given.token)) ?? stack.local?.readerToken;
  const key: Part = givenKey === undefined ? await makeKey(client, stack) : { value: givenKey };
  const revoke = async (parts: readonly Part[]): Promise<void> => {
    for (const part of parts) await part.revoke?.();
  };
  try {
    const token: Part =
      givenToken === undefined
        ? await makeTemporaryToken(client, stack, readingToken)
        : { value: givenToken };
    return {
      key: key.value,
      token: token.value,
      temporary: key.revoke !== undefined || token.revoke !== undefined,
      revoke: () => revoke([key, token]),
    };
  } catch (error) {
    await revoke([key]);
    throw error;
  }
};

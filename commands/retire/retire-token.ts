import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readSecretFile } from "../../bridge/bridge-settings.ts";
import { makeTemporaryToken } from "../secrets/temporary-token.ts";
import type { LocalStackDetails, Stack } from "../stacks/stack.ts";

/** What a retirement is asked for with; one that was made for it is revoked after it. */
export type RetireToken = {
  readonly value: string;
  readonly revoke?: () => Promise<unknown>;
};

/** What of a stack the token comes from. */
export type TokenSource = Pick<Stack, "secrets"> & {
  readonly connections: Pick<Stack["connections"], "secretsManager">;
  readonly local?: Pick<LocalStackDetails, "readerToken">;
};

/** The token as given by file or environment, else the local stack's, else a temporary one on the stage. */
export const getRetireToken = async (
  stack: TokenSource,
  given: { readonly file?: string | undefined; readonly text?: string | undefined },
): Promise<RetireToken> => {
  if (given.file !== undefined) return { value: await readSecretFile(given.file) };
  const known = given.text || stack.local?.readerToken;
  if (known !== undefined) return { value: known };
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  return makeTemporaryToken(client, stack, { name: "retire", scopes: ["registrations:write"] });
};

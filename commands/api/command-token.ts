import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readSecretFile } from "../../bridge/bridge-settings.ts";
import {
  makeTemporaryToken,
  type TemporaryToken,
  type TokenPurpose,
} from "../secrets/temporary-token.ts";
import type { LocalStackDetails, Stack } from "../stacks/stack.ts";

/** What a command shows to the API: a token that was given, or one that was made for it and is revoked after it. */
export type CommandToken = TemporaryToken | { readonly value: string; readonly revoke?: never };

/** What of a stack the token comes from. */
export type TokenSource = Pick<Stack, "secrets" | "stageOption"> & {
  readonly connections: Pick<Stack["connections"], "secretsManager">;
  readonly local?: Pick<LocalStackDetails, "readerToken">;
};

/** The option of the commands that use the API. */
export const tokenOption = { "token-file": { type: "string" } } as const;

/** The token that the person gave, by a file or by the environment. */
export type GivenToken = {
  readonly file?: string | undefined;
  readonly text?: string | undefined;
};

/** What was given by `tokenOption`, or in READER_TOKEN. */
export const givenToken = (values: { readonly "token-file"?: string | undefined }): GivenToken => ({
  file: values["token-file"],
  text: process.env["READER_TOKEN"],
});

/** The token as given by file or environment, else the local stack's, else a temporary one on the stage. */
export const getCommandToken = async (
  stack: TokenSource,
  given: GivenToken,
  purpose: TokenPurpose,
): Promise<CommandToken> => {
  if (given.file !== undefined) return { value: await readSecretFile(given.file) };
  const known = given.text || stack.local?.readerToken;
  if (known !== undefined) return { value: known };
  const client = new SecretsManagerClient(stack.connections.secretsManager);
  return makeTemporaryToken(client, stack, purpose);
};

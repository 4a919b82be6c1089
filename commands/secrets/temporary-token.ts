import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Scope } from "../../lambda/domain/access/reader-token.ts";
import type { Stack } from "../stacks/stack.ts";
import { readerTokensOf } from "./manage-tokens.ts";
import { addReaderToken, createReaderToken, revokeReaderToken } from "./reader-tokens.ts";
import { updateSecret } from "./update-secret.ts";

/** A token for one command, and what takes it away again. */
export type TemporaryToken = {
  readonly id: string;
  readonly value: string;
  readonly revoke: () => Promise<unknown>;
};

/** What a temporary token is for. */
export type TokenPurpose = {
  readonly name: string;
  readonly scopes: readonly Scope[];
};

/** Adds a token to the stack's; it is taken within a minute. */
export const makeTemporaryToken = async (
  client: SecretsManagerClient,
  stack: Pick<Stack, "secrets">,
  { name, scopes }: TokenPurpose,
): Promise<TemporaryToken> => {
  const made = createReaderToken(name, scopes, new Date());
  const secret = readerTokensOf(stack);
  await updateSecret(client, secret, (tokens) => addReaderToken(tokens, made.stored));
  const revoke = () =>
    updateSecret(client, secret, (tokens) => revokeReaderToken(tokens, made.stored.id));
  return { id: made.stored.id, value: made.text, revoke };
};

import {
  type SecretsManagerClient,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import type { ReaderTokens, Scope } from "../../lambda/domain/access/reader-token.ts";
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

// What Secrets Manager refused, or what was never sent, has changed nothing; without an answer it may have.
const isCertain = (error: unknown): boolean =>
  error instanceof CommandError ||
  (error instanceof SecretsManagerServiceException && error.$fault === "client");

/**
 * Adds a token to the stack's; it is taken within a minute. Throws CommandError with the token's id where it is uncertain
 * whether the token was added.
 */
export const makeTemporaryToken = async (
  client: SecretsManagerClient,
  stack: Pick<Stack, "secrets" | "stageOption">,
  { name, scopes }: TokenPurpose,
): Promise<TemporaryToken> => {
  const made = createReaderToken(name, scopes, new Date());
  const secret = readerTokensOf(stack);
  const { stageOption } = stack;
  let begun = false;
  const add = (tokens: ReaderTokens): ReaderTokens => {
    begun = true;
    return addReaderToken(tokens, made.stored);
  };
  try {
    await updateSecret(client, secret, add);
  } catch (error) {
    if (!begun || isCertain(error)) throw error;
    const { id } = made.stored;
    throw new CommandError(
      `it is uncertain whether the temporary token ${id} was made: if npm run tokens -- list${stageOption} shows it, revoke it with npm run tokens -- revoke ${id}${stageOption} (${explainError(error)})`,
      { cause: error },
    );
  }
  const revoke = () =>
    updateSecret(client, secret, (tokens) => revokeReaderToken(tokens, made.stored.id));
  return { id: made.stored.id, value: made.text, revoke };
};

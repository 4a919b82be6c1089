import { CommandError } from "../../bridge/terminal/command-error.ts";
import { explainError } from "../../bridge/terminal/explain-error.ts";
import type { CommandInvocation } from "../../bridge/terminal/run-command.ts";
import type { TokenPurpose } from "../secrets/temporary-token.ts";
import type { Stack } from "../stacks/stack.ts";
import type { ApiAccess } from "./call-api.ts";
import {
  type CommandToken,
  type GivenToken,
  getCommandToken,
  type TokenSource,
} from "./command-token.ts";
import { untilEnded } from "./until-ended.ts";

/** Whose API is used, with what token, and what a token that must be made is for. */
export type ApiPurpose = {
  readonly stack: TokenSource & Pick<Stack, "url">;
  readonly given: GivenToken;
  readonly purpose: TokenPurpose;
};

/** What a command that uses the API works with. `isTemporary`: the token was made for it, and its name says nothing. */
export type ApiUse = ApiAccess & { readonly isTemporary: boolean };

// What was just made holds within a minute; what was given holds, or does not.
const patienceWith = (isTemporary: boolean) => ({
  forMs: isTemporary ? 75_000 : 0,
  everyMs: 2_000,
});

const revoke = async (token: CommandToken, stageOption: string): Promise<boolean> => {
  if (token.revoke === undefined) return false;
  try {
    await token.revoke();
    return true;
  } catch (error) {
    throw new CommandError(
      `the temporary token could not be revoked: do it with npm run tokens -- revoke ${token.id}${stageOption} (${explainError(error)})`,
      { cause: error },
    );
  }
};

/**
 * Uses the API with the token that was given, the local stack's, or one that is made for this and revoked in the end, also
 * after Ctrl-C. Throws CommandError where the person ended it, or the token could not be revoked.
 */
export const withApi = async <T>(
  { stack, given, purpose }: ApiPurpose,
  { terminal, signal }: Omit<CommandInvocation, "args">,
  use: (api: ApiUse) => Promise<T>,
): Promise<T> => {
  const token = await getCommandToken(stack, given, purpose);
  const isTemporary = token.revoke !== undefined;
  if (isTemporary)
    terminal.note(`made a temporary token (${token.id}): it may take a minute until it is known`);
  const end = async (): Promise<void> => {
    if (await revoke(token, stack.stageOption)) terminal.note("the temporary token is revoked");
  };
  const access = { url: stack.url, token: token.value, patience: patienceWith(isTemporary) };
  let result: T;
  try {
    // The person may have ended it while the token was made.
    if (signal.aborted) throw new CommandError("ended early: nothing was asked for");
    result = await untilEnded(use({ ...access, isTemporary }), signal);
  } catch (error) {
    await end().catch((later: unknown) => terminal.note(explainError(later)));
    throw error;
  }
  await end();
  return result;
};

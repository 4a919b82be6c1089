import { createHash, randomBytes } from "node:crypto";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import type { ReaderToken, ReaderTokens, Scope } from "../../lambda/domain/access/reader-token.ts";

/** A new token: its text, which cannot be shown again, and what is stored of it. */
export const createReaderToken = (
  name: string,
  scopes: readonly Scope[],
  now: Date,
): { readonly text: string; readonly stored: ReaderToken } => {
  const text = `dnr_${randomBytes(32).toString("base64url")}`;
  return {
    text,
    stored: {
      id: `token_${randomBytes(4).toString("hex")}`,
      name,
      // Plain SHA-256 is enough for 256 random bits: there is nothing to guess.
      hash: createHash("sha256").update(text).digest("hex"),
      scopes: [...scopes],
      createdAt: now.toISOString(),
    },
  };
};

// A Secrets Manager secret holds 64 KiB; a token takes about 220 bytes.
const mostTokens = 200;

/** The tokens with one more. Throws CommandError when there is no room. */
export const addReaderToken = ({ tokens }: ReaderTokens, token: ReaderToken): ReaderTokens => {
  if (tokens.length >= mostTokens)
    throw new CommandError(`there are ${tokens.length} tokens: revoke one first`);
  return { tokens: [...tokens, token] };
};

/** The tokens without this one. Throws CommandError when it is not among them. */
export const revokeReaderToken = ({ tokens }: ReaderTokens, id: string): ReaderTokens => {
  const rest = tokens.filter((token) => token.id !== id);
  if (rest.length === tokens.length)
    throw new CommandError(`no token has the id ${id}: npm run tokens -- list shows them`);
  return { tokens: rest };
};

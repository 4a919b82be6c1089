import {
  type ReaderTokens,
  ReaderTokensSchema,
  type Scope,
} from "../../lambda/domain/access/reader-token.ts";
import { tableLines } from "../shell/table-lines.ts";
import type { Stack } from "../stacks/stack.ts";
import type { SecretContext } from "./manage-keys.ts";
import { addReaderToken, createReaderToken, revokeReaderToken } from "./reader-tokens.ts";
import { type JsonSecret, readSecret, updateSecret } from "./update-secret.ts";

/** The stack's secret with the hashes of the readers' tokens. */
export const readerTokensOf = ({ secrets }: Pick<Stack, "secrets">): JsonSecret<ReaderTokens> => ({
  id: secrets.readerTokens,
  schema: ReaderTokensSchema,
});

/** Prints the live tokens, without their hashes. */
export const listTokens = async (context: SecretContext): Promise<void> => {
  const { client, stack, terminal, json } = context;
  const { value } = await readSecret(client, readerTokensOf(stack));
  const shown = value.tokens.map(({ hash: _, ...rest }) => rest);
  if (json) return terminal.print(JSON.stringify(shown));
  const rows = shown.map(({ id, name, scopes, createdAt }) => [
    id,
    name,
    scopes.join(","),
    createdAt,
  ]);
  if (rows.length === 0) terminal.note(`${stack.title} has no reader token`);
  else
    for (const line of tableLines([["ID", "NAME", "SCOPES", "CREATED"], ...rows]))
      terminal.print(line);
};

/** Makes a token and prints it, this once. */
export const addToken = async (
  { client, stack, terminal, json }: SecretContext,
  name: string,
  scopes: readonly Scope[],
): Promise<void> => {
  const { text, stored } = createReaderToken(name, scopes, new Date());
  await updateSecret(client, readerTokensOf(stack), (value) => addReaderToken(value, stored));
  terminal.note(
    `${stored.id} for ${name} on ${stack.title}, scopes ${scopes.join(", ")}; it is shown only once and takes effect within 60 s:`,
  );
  const { id, createdAt } = stored;
  terminal.print(json ? JSON.stringify({ id, name, token: text, scopes, createdAt }) : text);
  terminal.note("use it like this:");
  terminal.noteCommand(
    `  curl -H "Authorization: Bearer TOKEN" \\\n    ${stack.url}/v1/registrations`,
  );
};

/** Takes a token away. */
export const revokeToken = async (
  { client, stack, terminal }: SecretContext,
  id: string,
): Promise<void> => {
  await updateSecret(client, readerTokensOf(stack), (value) => revokeReaderToken(value, id));
  terminal.print(`${id} is revoked: refused everywhere within 60 s`);
};

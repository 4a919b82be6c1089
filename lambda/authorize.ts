import { createHash } from "node:crypto";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as v from "valibot";
import { createCachedSecret } from "./adapters/cached-secret.ts";
import { requestHandler } from "./adapters/request-handler.ts";
import { ReaderTokensSchema } from "./domain/access/reader-token.ts";
import { AuthorizeEnvironmentSchema } from "./environment.ts";
import { createAuthorizeHandler } from "./handlers/authorize-handler.ts";

const environment = v.parse(AuthorizeEnvironmentSchema, process.env);
const secrets = new SecretsManagerClient({ requestHandler });
const readTokens = createCachedSecret(
  secrets,
  environment.READER_TOKENS_SECRET,
  (text) => v.parse(ReaderTokensSchema, text).tokens,
  Date.now,
);

/** The API's Lambda authorizer: says who is reading. */
export const handler = createAuthorizeHandler({
  readTokens,
  hashToken: (text) => createHash("sha256").update(text).digest("hex"),
});

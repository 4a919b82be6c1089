import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult,
} from "aws-lambda";
import type { ReaderToken } from "../domain/access/reader-token.ts";

/**
 * What the authorizer passes to the handlers: whose token it was and its scopes, space-separated; all empty for an
 * unknown token.
 */
export type ReaderContext = { tokenId: string; tokenName: string; scopes: string };

/** What the authorizer needs. */
export type AuthorizeDependencies = {
  /** From a cache; `reload` asks for newer tokens, which the cache may decline. */
  readTokens: (options: { reload: boolean }) => Promise<readonly ReaderToken[]>;
  /** SHA-256 of the text, hexadecimal. */
  hashToken: (text: string) => string;
};

const bearer = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;

/**
 * Builds the authorizer. It lets every request through and says who is reading: API Gateway caches its answer for all
 * routes, and would turn a refusal into a 403 without any text. The handlers answer 401 and 403 (ADR 0005). Throws when
 * the tokens cannot be read.
 */
export const createAuthorizeHandler = ({ readTokens, hashToken }: AuthorizeDependencies) => {
  // Hashes are compared: the time that takes says nothing about a token.
  const findToken = async (hash: string): Promise<ReaderToken | undefined> => {
    const isIt = (token: ReaderToken): boolean => token.hash === hash;
    const known = await readTokens({ reload: false });
    // An unknown token may be a new one.
    return known.find(isIt) ?? (await readTokens({ reload: true })).find(isIt);
  };

  return async (
    event: APIGatewayRequestAuthorizerEventV2,
  ): Promise<APIGatewaySimpleAuthorizerWithContextResult<ReaderContext>> => {
    const [, text] = bearer.exec(event.identitySource[0] ?? "") ?? [];
    const token = text === undefined ? undefined : await findToken(hashToken(text));
    return {
      isAuthorized: true,
      context: {
        tokenId: token?.id ?? "",
        tokenName: token?.name ?? "",
        scopes: token?.scopes.join(" ") ?? "",
      },
    };
  };
};

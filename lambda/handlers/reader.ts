import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";
import type { Actor } from "../domain/access/actor.ts";
import type { Scope } from "../domain/access/reader-token.ts";
import type { ReaderContext } from "./authorize-handler.ts";
import { problem, type Response } from "./response.ts";

/** A request that has passed the authorizer, or came by a route that has none. */
export type ReaderRequest = APIGatewayProxyEventV2WithLambdaAuthorizer<
  Partial<ReaderContext> | undefined
>;

/** Refuses a request whose token is unknown (401) or lacks the scope (403); undefined lets it through. */
export const refuse = (request: ReaderRequest, scope: Scope): Response | undefined => {
  const { requestId, authorizer } = request.requestContext;
  const { tokenId = "", scopes = "" } = authorizer.lambda ?? {};
  if (tokenId === "") {
    const detail = "Authorization must be Bearer and a live token.";
    const headers = { "www-authenticate": "Bearer" };
    return problem(401, { code: "token", title: "Token unknown", detail, requestId, headers });
  }
  if (scopes.split(" ").includes(scope)) return undefined;
  const detail = `The token lacks the scope ${scope}.`;
  return problem(403, { code: "scope", title: "Scope missing", detail, requestId });
};

/**
 * Who acts, with the name that they give in the body. An answer of the authorizer that API Gateway has kept from an older
 * version has no name of the token: its id stands for it.
 */
export const actorOf = ({ requestContext }: ReaderRequest, given?: string): Actor => {
  const { tokenId = "", tokenName = "" } = requestContext.authorizer.lambda ?? {};
  const author = tokenName || tokenId;
  return given === undefined || given === author
    ? { author, tokenId }
    : { author, onBehalfOf: given, tokenId };
};

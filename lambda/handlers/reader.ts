import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from "aws-lambda";
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

/** Whose token it was. */
export const readerOf = ({ requestContext }: ReaderRequest): string =>
  requestContext.authorizer.lambda?.tokenId ?? "";

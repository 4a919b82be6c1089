import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { InvocationOutcome, Invoke } from "../functions/invocation-outcome.ts";
import { listenerOf, readWholeBody } from "../loopback/loopback-server.ts";
import { type ApiRequest, toApiRequest } from "./api-request.ts";
import type { Authorize } from "./authorizer.ts";
import { integrationEvent, type RouteContext } from "./gateway-event.ts";
import { type GatewayResponse, gatewayMessage, toGatewayResponse } from "./gateway-response.ts";
import { createHttpRouter, type HttpRoute } from "./http-router.ts";
import { type InsteadAnswers, noInsteadAnswers } from "./instead-answers.ts";
import { hasTooLargeHeaders, maxRequestBodyBytes } from "./request-limits.ts";
import { readRequestPath } from "./request-path.ts";

/** What a route invokes, and the authorizer that it asks first. */
export type RouteTarget = {
  readonly invoke: Invoke;
  readonly authorize: Authorize;
};
/** The HTTP API of the templates. */
export type ApiDefinition = {
  readonly id: string;
  readonly account: string;
  readonly routes: readonly HttpRoute<RouteTarget>[];
};
// A client that waits longer gives up, and running its request anyway only delays the others. Lambda would add capacity;
// this machine answers that it has none, and when to retry.
const turnWithinMilliseconds = 5_000;
const retryAfterSeconds = "2";

const requestTooLarge = gatewayMessage(413, "Request Entity Too Large");

const toAnswer = (invocation: InvocationOutcome): GatewayResponse => {
  if (invocation.kind === "answered") return toGatewayResponse(invocation.payload);
  switch (invocation.reason) {
    case "throttled":
      return gatewayMessage(503, "Service Unavailable", { "retry-after": retryAfterSeconds });
    case "too-large":
      return requestTooLarge;
    case "timeout":
      return gatewayMessage(503, "Service Unavailable");
    case "error":
    case "exit":
      return gatewayMessage(500, "Internal Server Error");
  }
};

const runRoute = async (
  { invoke, authorize }: RouteTarget,
  request: ApiRequest,
  body: Buffer,
  context: RouteContext,
): Promise<GatewayResponse> => {
  const authorization = await authorize(request, context);
  switch (authorization.kind) {
    case "unauthorized":
      return gatewayMessage(401, "Unauthorized");
    case "forbidden":
      return gatewayMessage(403, "Forbidden");
    case "failed":
      return gatewayMessage(500, "Internal Server Error");
    case "allowed":
  }
  const event = integrationEvent(request, body.length === 0 ? undefined : body, {
    ...context,
    authorizerContext: authorization.context,
  });
  return toAnswer(await invoke(JSON.stringify(event), turnWithinMilliseconds));
};

const send = (response: ServerResponse, requestId: string, answered: GatewayResponse): void => {
  const body = answered.body;
  response.writeHead(answered.status, {
    ...answered.headers,
    "content-length": Buffer.byteLength(body),
    "apigw-requestid": requestId,
  });
  response.end(body);
};

/** Makes the request listener that is API Gateway for one HTTP API, stage $default. */
export const apiListener = (
  api: ApiDefinition,
  { draw }: Pick<InsteadAnswers, "draw"> = noInsteadAnswers,
): RequestListener => {
  const findRoute = createHttpRouter(api.routes);
  const answer = async (message: IncomingMessage, requestId: string): Promise<GatewayResponse> => {
    const body = await readWholeBody(message, maxRequestBodyBytes);
    if (hasTooLargeHeaders(message)) return gatewayMessage(431, "Request Header Fields Too Large");
    if (body === undefined) return requestTooLarge;
    const target = readRequestPath(message.url ?? "/");
    if (target.kind === "unreadable") return gatewayMessage(400, "Bad Request");
    const match = findRoute(message.method ?? "GET", target.path);
    if (match === undefined) return gatewayMessage(404, "Not Found");
    const instead = draw(match.route.key);
    if (instead !== undefined) return instead;
    const request = toApiRequest(message, target, { requestId, receivedAt: Date.now() });
    return await runRoute(match.route.target, request, body, {
      apiId: api.id,
      account: api.account,
      routeKey: match.route.key,
      pathParameters: match.parameters,
      authorizerContext: undefined,
    });
  };
  return listenerOf(async (message, response) => {
    const requestId = randomUUID();
    send(response, requestId, await answer(message, requestId));
  });
};

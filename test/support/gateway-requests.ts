import type { ApiRequest } from "../../local/api/api-request.ts";
import type { RouteContext } from "../../local/api/gateway-event.ts";

/** A request as API Gateway has read it. */
export const apiRequest = (changes: Partial<ApiRequest> = {}): ApiRequest => ({
  method: "GET",
  path: "/v1/things",
  rawQueryString: "",
  headers: { host: "127.0.0.1:3000" },
  cookies: undefined,
  sourceIp: "127.0.0.1",
  protocol: "HTTP/1.1",
  requestId: "request-1",
  receivedAt: Date.UTC(2026, 2, 5, 4, 3, 2),
  ...changes,
});

/** What stage and route add to it. */
export const routeContext: RouteContext = {
  apiId: "api",
  account: "000000000000",
  routeKey: "GET /v1/things",
  pathParameters: undefined,
  authorizerContext: undefined,
};

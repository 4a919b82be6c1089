import { createHmac } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayRequestAuthorizerEventV2 } from "aws-lambda";
import type { ReaderContext } from "../../lambda/handlers/authorize-handler.ts";
import type { ReaderRequest } from "../../lambda/handlers/reader.ts";
import { baseTime, bridgeKey } from "./build-event.ts";

/**
 * Our clock in the tests of handlers, in microseconds: two minutes after `baseTime`, in whole milliseconds as a real
 * clock gives.
 */
export const testNow = Math.floor(baseTime / 1000) * 1000 + 120 * 1_000_000;
export const testNowSeconds = Math.floor(testNow / 1_000_000);

const http = (method: string, path: string) => ({
  method,
  path,
  protocol: "HTTP/1.1",
  sourceIp: "203.0.113.7",
  userAgent: "test",
});
const context = (method: string, path: string, routeKey: string) => ({
  accountId: "000000000000",
  apiId: "api",
  domainName: "api.execute-api.example",
  domainPrefix: "api",
  http: http(method, path),
  requestId: "request-1",
  routeKey,
  stage: "$default",
  time: "20/Nov/2026:03:00:00 +0000",
  timeEpoch: testNow / 1000,
});

/** How a request to `POST /v1/events` is sent; by default signed with the key of bridge-a, by a correct clock. */
export type PostOptions = {
  key?: string;
  id?: string;
  timestamp?: number | string;
  signature?: string;
  base64?: boolean;
  /** Headers as API Gateway delivers them, in lower case; undefined removes one. */
  headers?: Record<string, string | undefined>;
};

/** Signs as Standard Webhooks 1.0 says: one signature, with its version. */
export const sign = (key: string, content: string | Uint8Array, head: string): string => {
  const hmac = createHmac("sha256", Buffer.from(key.replace("whsec_", ""), "base64"));
  return `v1,${hmac.update(head).update(content).digest("base64")}`;
};

/** A request as API Gateway (payload 2.0) delivers it to ingest. */
export const postRequest = (
  body: string | Uint8Array,
  options: PostOptions = {},
): APIGatewayProxyEventV2 => {
  const { key = bridgeKey().key, id = "msg_1", timestamp = testNowSeconds } = options;
  const signature = options.signature ?? sign(key, body, `${id}.${timestamp}.`);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
    ...options.headers,
  };
  const bytes = Buffer.from(body);
  return {
    version: "2.0",
    routeKey: "POST /v1/events",
    rawPath: "/v1/events",
    rawQueryString: "",
    headers,
    requestContext: context("POST", "/v1/events", "POST /v1/events"),
    // API Gateway leaves out a body that is empty.
    ...(bytes.length === 0
      ? {}
      : { body: bytes.toString(options.base64 === true ? "base64" : "utf8") }),
    isBase64Encoded: options.base64 === true,
  };
};

/** A reader who may read registrations, as the authorizer passes it on. */
export const reader: ReaderContext = {
  tokenId: "token_1",
  tokenName: "crm",
  scopes: "registrations:read",
};

/** What a request past the authorizer has beside its route; headers are in lower case, as API Gateway delivers them. */
export type ReaderOptions = {
  query?: string;
  thisDN?: string;
  path?: Record<string, string>;
  body?: string;
  headers?: Record<string, string>;
  authorizer?: Partial<ReaderContext> | undefined;
};

/** A request as API Gateway delivers it to query or operate, past the authorizer. */
export const getRequest = (routeKey: string, options: ReaderOptions = {}): ReaderRequest => {
  const [method = "GET", path = "/"] = routeKey.split(" ");
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: options.query ?? "",
    headers: options.headers ?? {},
    requestContext: {
      ...context(method, path, routeKey),
      authorizer: { lambda: "authorizer" in options ? options.authorizer : reader },
    },
    isBase64Encoded: false,
    ...(options.body === undefined ? {} : { body: options.body }),
    ...(options.path && { pathParameters: options.path }),
    ...(options.thisDN === undefined ? {} : { pathParameters: { thisDN: options.thisDN } }),
  };
};

/** A request as API Gateway delivers it to the authorizer. */
export const authorizerRequest = (
  ...identitySource: string[]
): APIGatewayRequestAuthorizerEventV2 => ({
  version: "2.0",
  type: "REQUEST",
  routeArn: "arn:aws:execute-api:us-east-1:000000000000:api/$default/GET/v1/registrations",
  identitySource,
  routeKey: "GET /v1/registrations",
  rawPath: "/v1/registrations",
  rawQueryString: "",
  cookies: [],
  requestContext: context("GET", "/v1/registrations", "GET /v1/registrations"),
});

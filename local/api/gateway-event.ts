import type { ApiRequest } from "./api-request.ts";
import { decode } from "./request-path.ts";

/** What the stage and the route add to a request's event. */
export type RouteContext = {
  readonly apiId: string;
  readonly account: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  /** The context of a Lambda authorizer that let the request pass. */
  readonly authorizerContext: unknown;
};

const splitOnce = (pair: string): readonly string[] => {
  const mark = pair.indexOf("=");
  const parts = mark === -1 ? [pair, ""] : [pair.slice(0, mark), pair.slice(mark + 1)];
  return parts.map((part) => decode(part.replaceAll("+", " ")) ?? part);
};

/** Joins repeated parameters with commas, as API Gateway does: rawQueryString still has each one. */
export const queryParameters = (query: string): Record<string, string> | undefined => {
  if (query === "") return undefined;
  const joined: Record<string, string> = {};
  for (const pair of query.split("&")) {
    const [name = "", value = ""] = splitOnce(pair);
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
};

const months = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** `12/Mar/2020:19:03:58 +0000`. */
export const accessLogTime = (milliseconds: number): string => {
  const iso = new Date(milliseconds).toISOString();
  const month = 3 * (Number(iso.slice(5, 7)) - 1);
  return `${iso.slice(8, 10)}/${months.slice(month, month + 3)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

const commonFields = (request: ApiRequest, context: RouteContext) => {
  const { authorizerContext, pathParameters } = context;
  return {
    rawPath: request.path,
    rawQueryString: request.rawQueryString,
    cookies: request.cookies,
    headers: request.headers,
    queryStringParameters: queryParameters(request.rawQueryString),
    requestContext: {
      accountId: context.account,
      apiId: context.apiId,
      authorizer: authorizerContext === undefined ? undefined : { lambda: authorizerContext },
      domainName: request.headers["host"] ?? "",
      domainPrefix: (request.headers["host"] ?? "").split(".", 1)[0],
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: request.requestId,
      routeKey: context.routeKey,
      stage: "$default",
      time: accessLogTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    pathParameters,
  };
};

const textTypes = new Set(["application/json", "application/javascript", "application/xml"]);

/** An HTTP API passes text as it is and everything else in base64. */
const isText = (contentType: string | undefined): boolean => {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || textTypes.has(type);
};

/** The event of payload format 2.0 that a function gets. Fields that are undefined are absent in its JSON. */
export const integrationEvent = (
  request: ApiRequest,
  body: Buffer | undefined,
  context: RouteContext,
) => {
  const isBase64Encoded = body !== undefined && !isText(request.headers["content-type"]);
  return {
    version: "2.0",
    routeKey: context.routeKey,
    ...commonFields(request, context),
    body: body?.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
};

/** The event of payload format 2.0 that a Lambda authorizer gets. */
export const authorizerEvent = (
  request: ApiRequest,
  identitySource: readonly string[],
  context: RouteContext,
) => {
  const { apiId, account, routeKey } = context;
  return {
    version: "2.0",
    type: "REQUEST",
    routeArn: `arn:aws:execute-api:us-east-1:${account}:${apiId}/$default/${request.method}${request.path}`,
    identitySource,
    routeKey,
    ...commonFields(request, context),
  };
};

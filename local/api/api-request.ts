import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A request as API Gateway reads it before it looks for the route. */
export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: readonly string[] | undefined;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
};

/** Node has lowercased the names and joined most repeats already; cookies travel on their own. */
const joinHeaders = (headers: IncomingHttpHeaders): Record<string, string> => {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || name === "cookie") continue;
    joined[name] = typeof value === "string" ? value : value.join(",");
  }
  return joined;
};

/** Reads the method and the headers of a request whose path has been read. */
export const toApiRequest = (
  message: IncomingMessage,
  target: { readonly path: string; readonly query: string },
  { requestId, receivedAt }: { readonly requestId: string; readonly receivedAt: number },
): ApiRequest => {
  const sourceIp = message.socket.remoteAddress ?? "127.0.0.1";
  const headers = joinHeaders(message.headers);
  headers["x-forwarded-for"] = sourceIp;
  headers["x-forwarded-port"] = String(message.socket.localPort ?? 0);
  headers["x-forwarded-proto"] = "http";
  const cookie = message.headers.cookie;
  return {
    method: message.method ?? "GET",
    path: target.path,
    rawQueryString: target.query,
    headers,
    cookies: cookie?.split(";").map((part) => part.trim()),
    sourceIp,
    protocol: `HTTP/${message.httpVersion}`,
    requestId,
    receivedAt,
  };
};

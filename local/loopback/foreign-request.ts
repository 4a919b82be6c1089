import type { IncomingMessage } from "node:http";

/** What of a request says where it comes from. */
export type RequestSource = Pick<IncomingMessage, "headers" | "method"> & {
  /** The port that it came to. */
  readonly port: number | undefined;
};

const ourHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i;
const ourOrigin = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i;

/** A client may leave the port out of `Host`. */
const isOurHost = (host: string, port: number | undefined): boolean => {
  const match = ourHost.exec(host);
  return match !== null && (match[1] === undefined || match[1] === String(port));
};

/** A browser leaves the port out of `Origin` where it is HTTP's own. */
const isOurOrigin = (origin: string, port: number | undefined): boolean => {
  const match = ourOrigin.exec(origin);
  return match !== null && (match[1] ?? "80") === String(port);
};

/**
 * Browsers leave `Origin` out of what an image, a script or a link of another page asks for, and say so here. A link to a
 * page may be followed: it only shows the answer.
 */
const isOfAnotherPage = ({ headers, method }: RequestSource): boolean => {
  const site = headers["sec-fetch-site"];
  if (site !== "cross-site" && site !== "same-site") return false;
  return method !== "GET" || headers["sec-fetch-mode"] !== "navigate";
};

/**
 * Says in a sentence why a request may not be answered: a page from elsewhere sent it, by its own name for this machine (DNS
 * rebinding: the header `Host`) or across sites (`Origin`). Undefined for the programs of this machine and for our own page.
 */
export const foreignSource = (source: RequestSource): string | undefined => {
  const { headers, port } = source;
  const { host, origin } = headers;
  if (!isOurHost(host ?? "", port)) {
    return `The local stack answers only requests whose Host header is 127.0.0.1:${port} or localhost:${port}.`;
  }
  if ((origin === undefined || isOurOrigin(origin, port)) && !isOfAnotherPage(source))
    return undefined;
  return "The local stack does not answer requests of web pages from elsewhere (headers Origin and Sec-Fetch-Site).";
};

/** The body of the answer 403 to a foreign request. */
export const refusalBody = (message: string): string => JSON.stringify({ message });

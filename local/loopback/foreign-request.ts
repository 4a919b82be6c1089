import type { IncomingMessage } from "node:http";

/** What of a request says where it comes from. */
export type RequestSource = Pick<IncomingMessage, "headers" | "method"> & {
  /** The port that it came to. */
  readonly port: number | undefined;
};

const ourHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;
const ourOrigin = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i;

/**
 * A page on our port, or on the very address that the request names, as through a forwarded port. A browser leaves the port
 * out of `Origin` and of `Host` where it is HTTP's own.
 */
const isOurOrigin = (origin: string, host: string, port: number | undefined): boolean => {
  const match = ourOrigin.exec(origin);
  if (match === null) return false;
  const isAtHost = origin.toLowerCase() === `http://${host.toLowerCase()}`;
  return isAtHost || (match[1] ?? "80") === String(port);
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
  const { host = "", origin } = headers;
  // Against a name of the page's own the name is enough, and a forwarded port (ssh -L) is another one than ours.
  if (!ourHost.test(host)) {
    return `The local stack answers only requests whose Host header names 127.0.0.1, localhost or [::1], as in localhost:${port}.`;
  }
  if ((origin === undefined || isOurOrigin(origin, host, port)) && !isOfAnotherPage(source))
    return undefined;
  return "The local stack does not answer requests of web pages from elsewhere (headers Origin and Sec-Fetch-Site).";
};

/** The body of the answer 403 to a foreign request. */
export const refusalBody = (message: string): string => JSON.stringify({ message });

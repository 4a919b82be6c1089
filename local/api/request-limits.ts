import type { IncomingMessage } from "node:http";

/** How many bytes the body of a request to an HTTP API may have. */
export const maxRequestBodyBytes = 10 * 1024 * 1024;

const maxHeaderBytes = 10_240;

/** Whether the request line and the values of the headers together are more than an HTTP API takes; names do not count. */
export const hasTooLargeHeaders = ({
  method,
  url,
  httpVersion,
  rawHeaders,
}: Pick<IncomingMessage, "method" | "url" | "httpVersion" | "rawHeaders">): boolean => {
  const requestLine = `${method} ${url} HTTP/${httpVersion}`;
  const values = rawHeaders.filter((_, index) => index % 2 === 1);
  // Node reads each byte as one character.
  return [requestLine, ...values].join("").length > maxHeaderBytes;
};

import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "../domain/problem.ts";

/** What our code answers over HTTP. */
export type Response = APIGatewayProxyStructuredResultV2;

/** A JSON answer. */
export const json = (statusCode: number, body: object): Response => ({
  statusCode,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify(body),
});

/** What a problem says beside its status; `code` is stable, `detail` says what is wrong and what to do. */
export type ProblemContent = {
  code: string;
  title: string;
  detail: string;
  requestId: string;
  headers?: Record<string, string>;
  results?: readonly object[];
  /** What is wrong with a body, member by member. */
  problems?: readonly Problem[];
};

/** An error answer as RFC 9457 says. `instance` names the request, for the logs. */
export const problem = (statusCode: number, content: ProblemContent): Response => {
  const { code, title, detail, requestId, headers, results, problems } = content;
  return {
    statusCode,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
    body: JSON.stringify({
      type: `urn:dn-registration-adapter:problem:${code}`,
      title,
      status: statusCode,
      detail,
      instance: `urn:request:${requestId}`,
      ...(results && { results }),
      ...(problems && { problems }),
    }),
  };
};

/** The answer when something that we depend on fails: nothing was promised, and the same request may succeed later. */
export const unavailable = (requestId: string): Response =>
  problem(503, {
    code: "unavailable",
    title: "Temporarily unavailable",
    detail: "A part of the service does not answer. Repeat the request: that is harmless.",
    requestId,
    headers: { "retry-after": "2" },
  });

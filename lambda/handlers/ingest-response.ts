import { limits } from "../domain/request/entry.ts";
import type { EventResult } from "../use-cases/ingest/result.ts";
import { json, problem, type Response } from "./response.ts";

const problems = {
  "too-large": [
    413,
    "Too large",
    `A request may have at most ${limits.bodyBytes} bytes: split it.`,
  ],
  "too-many": [413, "Too many events", ""],
  "signature-missing": [401, "Signature missing", ""],
  "signature-stale": [401, "Timestamp too far off", ""],
  "signature-wrong": [401, "Signature wrong", ""],
  encoded: [415, "Content-Encoding not supported", "Send the body without Content-Encoding."],
  "unsupported-media-type": [
    415,
    "Content-Type not supported",
    "Send application/json, application/x-ndjson, application/cloudevents+json or application/cloudevents-batch+json, in UTF-8.",
  ],
  "not-utf8": [400, "Not UTF-8", "The body must be UTF-8."],
  "not-json": [400, "Not JSON", ""],
  "not-an-envelope": [400, "Not an envelope", ""],
  "server-not-allowed": [422, "Server not allowed", ""],
  "too-many-servers": [422, "Too many servers", ""],
} as const;

/** Why a whole request was refused. */
export type IngestProblem = keyof typeof problems;

/** The answer to a request that was refused as a whole. */
export const ingestProblem = (
  code: IngestProblem,
  requestId: string,
  detail?: string,
): Response => {
  const [status, title, usual] = problems[code];
  return problem(status, { code, title, detail: detail ?? usual, requestId });
};

/** The answer to a request whose events were read: 200 all valid, 207 some rejected, 422 none valid. */
export const resultsResponse = (results: readonly EventResult[], requestId: string): Response => {
  const rejected = results.filter(({ outcome }) => outcome === "rejected").length;
  if (rejected === 0) return json(200, { results });
  if (rejected < results.length) return json(207, { results });
  const detail = "No event of the request is valid: see the problems of each in results.";
  return problem(422, {
    code: "no-valid-event",
    title: "No valid event",
    detail,
    requestId,
    results,
  });
};

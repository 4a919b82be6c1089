import * as v from "valibot";
import { parseJson } from "../domain/request/parse-json.ts";
import { toBodyProblem } from "./body-problem.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { ReaderRequest } from "./reader.ts";
import { bodyBytesOf, bodyTextOf } from "./request-body.ts";
import { type ProblemContent, problem, type Response } from "./response.ts";

/** The body of a request, checked, or the answer that says what is wrong. */
export type ReadBody<Output> =
  | { kind: "read"; body: Output }
  | { kind: "refused"; response: Response };

type Refusal = { status: number } & Omit<ProblemContent, "requestId">;

const unsupported: Refusal = {
  status: 415,
  code: "unsupported-media-type",
  title: "Content-Type not supported",
  detail: "Send application/json in UTF-8, without Content-Encoding.",
};
const notJson: Refusal = {
  status: 400,
  code: "not-json",
  title: "Not JSON",
  detail: "The body must be JSON in UTF-8.",
};
const tooLarge = (maxBytes: number): Refusal => ({
  status: 413,
  code: "too-large",
  title: "Too large",
  detail: `This request may have at most ${maxBytes} bytes.`,
});
const notValid = (issues: readonly v.BaseIssue<unknown>[]): Refusal => ({
  status: 400,
  code: "body",
  title: "Body not valid",
  detail: "See the problems.",
  problems: issues.map(toBodyProblem),
});

/** Reads a JSON body of at most so many bytes, which must be there. */
export const readBody = <Output>(
  request: ReaderRequest,
  schema: v.GenericSchema<unknown, Output>,
  maxBytes: number,
): ReadBody<Output> => {
  const refuse = ({ status, ...content }: Refusal): ReadBody<Output> => {
    const { requestId } = request.requestContext;
    return { kind: "refused", response: problem(status, { ...content, requestId }) };
  };
  const { headers } = request;
  const isEncoded = (headers["content-encoding"] ?? "identity").toLowerCase() !== "identity";
  if (isEncoded || mediaTypeOf(headers["content-type"]) !== "application/json") {
    return refuse(unsupported);
  }
  const bytes = bodyBytesOf(request);
  if (bytes.length > maxBytes) return refuse(tooLarge(maxBytes));
  const parsed = parseJson(bodyTextOf(bytes) ?? "");
  if (parsed === undefined) return refuse(notJson);
  const read = v.safeParse(schema, parsed.value);
  return read.success ? { kind: "read", body: read.output } : refuse(notValid(read.issues));
};

const emptyObject = {
  body: "{}",
  isBase64Encoded: false,
  headers: { "content-type": "application/json" },
};

/** Reads a body whose members may all be left out, and so may the body itself: an empty one, of whatever type, is `{}`. */
export const readOptionalBody: typeof readBody = (request, schema, maxBytes) => {
  const isEmpty = bodyBytesOf(request).length === 0;
  return readBody(isEmpty ? { ...request, ...emptyObject } : request, schema, maxBytes);
};

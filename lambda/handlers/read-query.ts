import type * as v from "valibot";
import { badRequest, notACursor, notEncoded } from "./bad-request.ts";
import { type CursorKind, readCursor } from "./cursor.ts";
import { parseQueryString } from "./query-string.ts";
import { readParameters } from "./read-parameters.ts";
import type { ReaderRequest } from "./reader.ts";
import type { Response } from "./response.ts";

/**
 * The parameters of a request for a list and the position at which the list continues, or the answer that says what is
 * wrong.
 */
export type ReadQuery<Output> =
  | { kind: "read"; query: Output; position: string | undefined }
  | { kind: "refused"; response: Response };

/** Reads the query string of a request for a list, whose parameters may each appear once. */
export const readQuery = <Schema extends ReturnType<typeof v.strictObject>>(
  request: ReaderRequest,
  list: CursorKind,
  schema: Schema,
): ReadQuery<v.InferOutput<Schema>> => {
  const refuse = (detail: string) =>
    ({ kind: "refused", response: badRequest(request.requestContext.requestId, detail) }) as const;
  const parameters = parseQueryString(request.rawQueryString);
  if (parameters === undefined) return refuse(notEncoded);
  const read = readParameters(schema, parameters);
  if (read.kind === "bad") return refuse(read.detail);
  const [cursor] = parameters.get("cursor") ?? [];
  const position = cursor === undefined ? undefined : readCursor(list, cursor);
  if (cursor !== undefined && position === undefined) return refuse(notACursor);
  return { kind: "read", query: read.output, position };
};

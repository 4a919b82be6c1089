import { problem, type Response } from "./response.ts";

/** The problem with a query string that cannot be decoded. */
export const notEncoded = "the query string must be percent-encoded UTF-8";

/** The problem with a cursor that is malformed or belongs to another list. */
export const notACursor =
  "cursor does not belong to this list: use nextCursor exactly as an answer gave it";

/** The answer to a request whose parameters are not valid. */
export const badRequest = (requestId: string, detail: string): Response =>
  problem(400, { code: "parameters", title: "Parameters not valid", detail, requestId });

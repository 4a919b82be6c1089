import { problem, type Response } from "./response.ts";

/** What is wrong with a query string that cannot be decoded. */
export const notEncoded = "the query string must be percent-encoded UTF-8";

/** What is wrong with a cursor that is none, or another list's. */
export const notACursor =
  "cursor does not belong to this list: use nextCursor exactly as an answer gave it";

/** A request whose parameters cannot be taken. */
export const badRequest = (requestId: string, detail: string): Response =>
  problem(400, { code: "parameters", title: "Parameters not valid", detail, requestId });

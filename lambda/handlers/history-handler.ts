import type { ReadHistoryPage } from "../domain/reading/read-history-page.ts";
import { toHistoryEntry } from "../domain/status/history-row.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { HistorySchema } from "./query-schemas.ts";
import { parseQueryString } from "./query-string.ts";
import { readParameters } from "./read-parameters.ts";
import type { ReaderRequest } from "./reader.ts";
import { badRequest, notEncoded } from "./registrations-handler.ts";
import { json, type Response } from "./response.ts";

/** Builds `GET /v1/history`. */
export const createHistoryHandler =
  (readHistoryPage: ReadHistoryPage) =>
  async (request: ReaderRequest): Promise<Response> => {
    const { requestId } = request.requestContext;
    const parameters = parseQueryString(request.rawQueryString);
    if (parameters === undefined) return badRequest(requestId, notEncoded);
    const read = readParameters(HistorySchema, parameters);
    if (read.kind === "bad") return badRequest(requestId, read.detail);
    const { cursor, ...query } = read.output;
    const before = cursor === undefined ? undefined : readCursor("history", cursor);
    if (cursor !== undefined && before === undefined) {
      return badRequest(requestId, "cursor is none of this list: use nextCursor as it was given");
    }
    const page = await readHistoryPage({ ...query, before });
    return json(200, {
      data: page.rows.map(toHistoryEntry),
      nextCursor: page.next === undefined ? null : writeCursor("history", page.next),
    });
  };

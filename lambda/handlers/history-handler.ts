import { toHistoryEntry } from "../domain/status/history-row.ts";
import type { ReadHistoryPage } from "../use-cases/query/read-history-page.ts";
import { nextCursor } from "./cursor.ts";
import { HistorySchema } from "./query-schemas.ts";
import { readQuery } from "./read-query.ts";
import type { ReaderRequest } from "./reader.ts";
import { json, type Response } from "./response.ts";

/** Builds `GET /v1/history`. */
export const createHistoryHandler =
  (readHistoryPage: ReadHistoryPage) =>
  async (request: ReaderRequest): Promise<Response> => {
    const read = readQuery(request, "history", HistorySchema);
    if (read.kind === "refused") return read.response;
    const page = await readHistoryPage({ ...read.query, before: read.position });
    return json(200, {
      data: page.rows.map(toHistoryEntry),
      nextCursor: nextCursor("history", page.next),
    });
  };

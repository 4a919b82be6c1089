import { toDecisionView } from "../use-cases/operate/decision-view.ts";
import type { ListDecisions } from "../use-cases/operate/list-decisions.ts";
import { nextCursor } from "./cursor.ts";
import { DecisionsSchema } from "./operate-queries.ts";
import { readQuery } from "./read-query.ts";
import type { ReaderRequest } from "./reader.ts";
import { json, type Response } from "./response.ts";

/** Builds `GET /v1/decisions`. */
export const createDecisionsHandler =
  (listDecisions: ListDecisions) =>
  async (request: ReaderRequest): Promise<Response> => {
    const read = readQuery(request, "decisions", DecisionsSchema);
    if (read.kind === "refused") return read.response;
    const { decisions, next } = await listDecisions({ ...read.query, before: read.position });
    return json(200, {
      data: decisions.map(toDecisionView),
      nextCursor: nextCursor("decisions", next),
    });
  };

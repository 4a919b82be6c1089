import type { CancelWindow } from "../use-cases/operate/cancel-window.ts";
import type { ListWindows } from "../use-cases/operate/list-windows.ts";
import { maxWindows, type PlanWindow } from "../use-cases/operate/plan-window.ts";
import { toWindowView } from "../use-cases/operate/window-view.ts";
import { nextCursor } from "./cursor.ts";
import { notFound } from "./not-found.ts";
import { maxWindowBytes, windowSchema } from "./operate-bodies.ts";
import { WindowsSchema } from "./operate-queries.ts";
import { readBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";
import { actorOf, type ReaderRequest } from "./reader.ts";
import { json, problem, type Response } from "./response.ts";

/** What the routes of maintenance windows need; `now` in microseconds. */
export type WindowsDependencies = {
  listWindows: ListWindows;
  planWindow: PlanWindow;
  cancelWindow: CancelWindow;
  now: () => number;
};

const path = "/v1/maintenance-windows";

const tooMany = (requestId: string): Response =>
  problem(409, {
    code: "too-many-windows",
    title: "Too many windows",
    detail: `At most ${maxWindows} maintenance windows may be planned at once: remove one first.`,
    requestId,
  });

/** Builds the routes under `/v1/maintenance-windows`. */
export const createWindowsHandlers = (dependencies: WindowsDependencies) => {
  const { listWindows, planWindow, cancelWindow, now } = dependencies;
  return {
    collection: async (request: ReaderRequest): Promise<Response> => {
      const read = readQuery(request, "windows", WindowsSchema);
      if (read.kind === "refused") return read.response;
      const { limit } = read.query;
      const { windows, next } = await listWindows({ limit, beyond: read.position });
      return json(200, {
        data: windows.map(toWindowView),
        nextCursor: nextCursor("windows", next),
      });
    },
    plan: async (request: ReaderRequest): Promise<Response> => {
      const read = readBody(request, windowSchema(now()), maxWindowBytes);
      if (read.kind === "refused") return read.response;
      const { author, ...planned } = read.body;
      const window = await planWindow({ ...planned, ...actorOf(request, author) });
      if (window === undefined) return tooMany(request.requestContext.requestId);
      const answer = json(201, { data: toWindowView(window) });
      return { ...answer, headers: { ...answer.headers, location: `${path}/${window.id}` } };
    },
    cancel: async (request: ReaderRequest): Promise<Response> => {
      const isFound = await cancelWindow(request.pathParameters?.["id"] ?? "");
      if (isFound) return { statusCode: 204, headers: { "cache-control": "no-store" } };
      return notFound(request.requestContext.requestId, "There is no such maintenance window.");
    },
  };
};

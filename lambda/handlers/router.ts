import type { Scope } from "../domain/access/reader-token.ts";
import { type ReaderRequest, refuse } from "./reader.ts";
import { json, problem, type Response, unavailable } from "./response.ts";

/** One route: the scope that it asks for, if any, and what it answers. */
export type Route = { scope?: Scope; answer: (request: ReaderRequest) => Promise<Response> };

/** `GET /v1/health`: says that requests get here, nothing more. */
export const health: Route = { answer: async () => json(200, { status: "ok" }) };

/** Builds the handler of several routes, by route key (`GET /v1/health`). `reportFailure` gets what a route threw. */
export const createRouter =
  (
    routes: ReadonlyMap<string, Route>,
    reportFailure: (error: unknown, requestId: string) => void,
  ) =>
  async (request: ReaderRequest): Promise<Response> => {
    const { requestId } = request.requestContext;
    const route = routes.get(request.routeKey);
    if (route === undefined) {
      const detail = "There is no such route.";
      return problem(404, { code: "route", title: "Not found", detail, requestId });
    }
    const refusal = route.scope === undefined ? undefined : refuse(request, route.scope);
    if (refusal !== undefined) return refusal;
    try {
      return await route.answer(request);
    } catch (error) {
      reportFailure(error, requestId);
      return unavailable(requestId);
    }
  };

import type { RouteAccess } from "../routes.ts";
import { type ReaderRequest, refuse } from "./reader.ts";
import { json, problem, type Response, unavailable } from "./response.ts";

/** Answers a request to one route. */
export type AnswerRequest = (request: ReaderRequest) => Promise<Response>;

/** An answer for each of some routes, by route key (`GET /v1/health`). */
export type Answers<Key extends string> = Readonly<Record<Key, AnswerRequest>>;

/** `GET /v1/health`: says that requests get here, nothing more. */
export const health: AnswerRequest = async () => json(200, { status: "ok" });

/** Builds the handler of several routes from who may call each, and its answer. `reportFailure` gets what an answer threw. */
export const createRouter = <Key extends string>(
  routes: Readonly<Record<Key, RouteAccess>>,
  answers: Answers<NoInfer<Key>>,
  reportFailure: (error: unknown, requestId: string) => void,
) => {
  const isRoute = (key: string): key is Key => Object.hasOwn(routes, key);

  return async (request: ReaderRequest): Promise<Response> => {
    const { routeKey, requestContext } = request;
    const { requestId } = requestContext;
    if (!isRoute(routeKey)) {
      const detail = "There is no such route.";
      return problem(404, { code: "route", title: "Not found", detail, requestId });
    }
    const { scope } = routes[routeKey];
    const refusal = scope === undefined ? undefined : refuse(request, scope);
    if (refusal !== undefined) return refusal;
    try {
      return await answers[routeKey](request);
    } catch (error) {
      reportFailure(error, requestId);
      return unavailable(requestId);
    }
  };
};

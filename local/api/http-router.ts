import { decode } from "./request-path.ts";

/** A route of the API: its key (`GET /v1/things/{id}`) and its target. */
export type HttpRoute<T> = {
  readonly key: string;
  readonly target: T;
};
/** The route that matches, with its path parameters decoded. */
export type RouteMatch<T> = {
  readonly route: HttpRoute<T>;
  readonly parameters: Readonly<Record<string, string>> | undefined;
};
type CompiledRoute<T> = {
  readonly route: HttpRoute<T>;
  readonly method: string;
  readonly segments: readonly string[];
};

const compile = <T>(route: HttpRoute<T>): CompiledRoute<T> => {
  const [method = "", path = ""] = route.key.split(" ");
  return { route, method, segments: path.split("/") };
};

/** Sorts static before parameter before greedy, segment by segment, then methods before ANY. */
const rank = <T>({ method, segments }: CompiledRoute<T>): string => {
  const kinds = segments.map((segment) => {
    if (segment.endsWith("+}")) return "3";
    return segment.startsWith("{") ? "2" : "1";
  });
  return `${kinds.join("")} ${method === "ANY" ? "2" : "1"}`;
};

const matchRoute = <T>(
  { method, segments }: CompiledRoute<T>,
  wantedMethod: string,
  wanted: readonly string[],
): Record<string, string> | undefined => {
  if (method !== "ANY" && method !== wantedMethod) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = wanted[index];
    if (value === undefined) return undefined;
    if (value === "" && segment.startsWith("{")) return undefined;
    if (segment.endsWith("+}")) {
      parameters[segment.slice(1, -2)] = decode(wanted.slice(index).join("/")) ?? "";
      return parameters;
    }
    if (segment.startsWith("{")) {
      parameters[segment.slice(1, -1)] = decode(value) ?? "";
    } else if (segment !== value) {
      return undefined;
    }
  }
  return wanted.length === segments.length ? parameters : undefined;
};

/** Makes the function that finds a request's route. As in API Gateway, a static segment wins over a parameter, and a method over ANY. */
export const createHttpRouter = <T>(routes: readonly HttpRoute<T>[]) => {
  const compiled = routes.map(compile).sort((a, b) => rank(a).localeCompare(rank(b)));
  const fallback = routes.find(({ key }) => key === "$default");
  return (method: string, path: string): RouteMatch<T> | undefined => {
    const segments = path.split("/");
    for (const candidate of compiled) {
      const parameters = matchRoute(candidate, method, segments);
      if (parameters !== undefined) {
        const has = Object.keys(parameters).length > 0;
        return { route: candidate.route, parameters: has ? parameters : undefined };
      }
    }
    return fallback === undefined ? undefined : { route: fallback, parameters: undefined };
  };
};

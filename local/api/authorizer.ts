import * as v from "valibot";
import type { Invoke } from "../functions/invocation-outcome.ts";
import type { ApiRequest } from "./api-request.ts";
import { authorizerEvent, queryParameters, type RouteContext } from "./gateway-event.ts";

/** What a Lambda authorizer decided; `failed` when it could not be invoked or gave no valid answer. */
export type Authorization =
  | { readonly kind: "allowed"; readonly context: unknown }
  | { readonly kind: "unauthorized" }
  | { readonly kind: "forbidden" }
  | { readonly kind: "failed" };
/** Decides whether a request may pass. */
export type Authorize = (request: ApiRequest, context: RouteContext) => Promise<Authorization>;
/** A Lambda authorizer of the templates, with simple responses. */
export type AuthorizerSettings = {
  /** `$request.header.Name` or `$request.querystring.name`. */
  readonly identitySources: readonly string[];
  readonly resultTtlSeconds: number;
  readonly invoke: Invoke;
};
/** The authorizer of a route that has none. */
export const letEveryoneIn: Authorize = () =>
  Promise.resolve({ kind: "allowed", context: undefined });
const AnswerSchema = v.object({
  isAuthorized: v.boolean(),
  context: v.optional(v.record(v.string(), v.unknown()), {}),
});
const maxCachedResults = 10_000;

const ask = async (invoke: Invoke, event: unknown): Promise<Authorization> => {
  const invocation = await invoke(JSON.stringify(event));
  if (invocation.kind === "failed") return { kind: "failed" };
  const answer = v.safeParse(AnswerSchema, JSON.parse(invocation.payload));
  if (!answer.success) return { kind: "failed" };
  const { isAuthorized, context } = answer.output;
  return isAuthorized ? { kind: "allowed", context } : { kind: "forbidden" };
};

const readIdentity = (source: string, request: ApiRequest): string | undefined => {
  const header = /^\$request\.header\.(.+)$/.exec(source)?.[1];
  if (header !== undefined) return request.headers[header.toLowerCase()];
  const parameter = /^\$request\.querystring\.(.+)$/.exec(source)?.[1];
  if (parameter === undefined) return undefined;
  return queryParameters(request.rawQueryString)?.[parameter];
};

/** Makes an authorizer with its cache. As in API Gateway the identity sources are the key, so one result serves every route. */
export const createAuthorizer = (settings: AuthorizerSettings, now: () => number): Authorize => {
  const cache = new Map<string, { readonly result: Authorization; readonly until: number }>();
  return async (request, context) => {
    const identity = settings.identitySources.map((source) => readIdentity(source, request));
    if (identity.some((value) => value === undefined || value === "")) {
      return { kind: "unauthorized" };
    }
    const present = identity.filter((value) => value !== undefined);
    const key = JSON.stringify(present);
    const cached = cache.get(key);
    if (cached !== undefined && cached.until > now()) return cached.result;
    const result = await ask(settings.invoke, authorizerEvent(request, present, context));
    if (settings.resultTtlSeconds > 0 && result.kind !== "failed") {
      if (cache.size >= maxCachedResults) cache.clear();
      cache.set(key, { result, until: now() + settings.resultTtlSeconds * 1000 });
    }
    return result;
  };
};

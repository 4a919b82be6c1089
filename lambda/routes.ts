import type { Scope } from "./domain/access/reader-token.ts";

/** Who may call a route: readers whose token has the scope, or everyone, for a reason. */
export type RouteAccess =
  | { readonly scope: Scope; readonly openBecause?: never }
  | { readonly openBecause: string; readonly scope?: never };

// Method and path, with parameters in braces, as API Gateway writes them.
type RouteKey = `${"DELETE" | "GET" | "POST"} /v1/${string}`;
type Routes = Readonly<Record<RouteKey, RouteAccess>>;

// One constant for each function, so that its bundle holds its own routes alone.

/** The routes of bridges. */
export const ingestRoutes = {
  "POST /v1/events": { openBecause: "ingest checks the bridge's signature" },
} as const satisfies Routes;

/** The routes of those who read registrations. */
export const queryRoutes = {
  "GET /v1/health": { openBecause: "it shows only that the API answers" },
  "GET /v1/registrations": { scope: "registrations:read" },
  "GET /v1/registrations/{thisDN}": { scope: "registrations:read" },
  "GET /v1/history": { scope: "registrations:read" },
} as const satisfies Routes;

/** The routes of alerts and maintenance. */
export const operateRoutes = {
  "GET /v1/alerts": { scope: "alerts:read" },
  "GET /v1/alerts/{alertId}": { scope: "alerts:read" },
  "POST /v1/alerts/{alertId}/acknowledgement": { scope: "alerts:write" },
  "DELETE /v1/alerts/{alertId}/acknowledgement": { scope: "alerts:write" },
  "GET /v1/maintenance-windows": { scope: "alerts:read" },
  "POST /v1/maintenance-windows": { scope: "alerts:write" },
  "DELETE /v1/maintenance-windows/{id}": { scope: "alerts:write" },
  "POST /v1/retirements": { scope: "registrations:write" },
  "GET /v1/decisions": { scope: "alerts:read" },
} as const satisfies Routes;

/**
 * Every route of the API, by the function that answers it. Infra makes API Gateway's routes of them, each function must
 * answer all of its own and no other, and the tables of the API in the documents must name each with its scope.
 */
export const routes = { ingest: ingestRoutes, query: queryRoutes, operate: operateRoutes };

/** The functions that answer requests. */
export type AnsweringFunction = keyof typeof routes;

/** The keys of a function's routes. */
export type RoutesOf<Name extends AnsweringFunction> = keyof (typeof routes)[Name];

import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";

/** The functions that answer requests. */
export type AnsweringFunction = "ingest" | "query" | "operate";

/** A route of the API, and the function that answers it. `openBecause` says why the route requires no reader's token. */
export type ApiRoute = {
  readonly method: HttpMethod;
  readonly path: string;
  readonly answeredBy: AnsweringFunction;
  readonly openBecause?: string;
};

const { DELETE, GET, POST } = HttpMethod;

/** The route of the bridges. It has its own throttle, so that readers cannot use up what bridges need. */
export const bridgesRoute: ApiRoute = {
  method: POST,
  path: "/v1/events",
  answeredBy: "ingest",
  openBecause: "ingest checks the bridge's signature",
};

/** Every route of the API. */
export const apiRoutes: readonly ApiRoute[] = [
  bridgesRoute,
  {
    method: GET,
    path: "/v1/health",
    answeredBy: "query",
    openBecause: "it shows only that the API answers",
  },
  { method: GET, path: "/v1/registrations", answeredBy: "query" },
  { method: GET, path: "/v1/registrations/{thisDN}", answeredBy: "query" },
  { method: GET, path: "/v1/history", answeredBy: "query" },
  { method: GET, path: "/v1/alerts", answeredBy: "operate" },
  { method: GET, path: "/v1/alerts/{alertId}", answeredBy: "operate" },
  { method: POST, path: "/v1/alerts/{alertId}/acknowledgement", answeredBy: "operate" },
  { method: GET, path: "/v1/maintenance-windows", answeredBy: "operate" },
  { method: POST, path: "/v1/maintenance-windows", answeredBy: "operate" },
  { method: DELETE, path: "/v1/maintenance-windows/{id}", answeredBy: "operate" },
  { method: POST, path: "/v1/retirements", answeredBy: "operate" },
  { method: GET, path: "/v1/decisions", answeredBy: "operate" },
];

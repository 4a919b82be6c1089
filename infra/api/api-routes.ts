import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";
import * as v from "valibot";
import { type AnsweringFunction, type RouteAccess, routes } from "../../lambda/routes.ts";

/** A route of the API, and the function that answers it. `openBecause` says why the route requires no reader's token. */
export type ApiRoute = {
  readonly key: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly answeredBy: AnsweringFunction;
  readonly openBecause: string | undefined;
};

const MethodSchema = v.enum(HttpMethod);

const routesOf = (answeredBy: AnsweringFunction): ApiRoute[] =>
  Object.entries<RouteAccess>(routes[answeredBy]).map(([key, { openBecause }]) => {
    const [method, path = ""] = key.split(" ");
    return { key, method: v.parse(MethodSchema, method), path, answeredBy, openBecause };
  });

/** Every route of the API. */
export const apiRoutes: readonly ApiRoute[] = [
  ...routesOf("ingest"),
  ...routesOf("query"),
  ...routesOf("operate"),
];

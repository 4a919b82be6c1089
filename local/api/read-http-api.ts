import * as v from "valibot";
import { StartFailure } from "../command/start-failure.ts";
import type { FindFunction } from "../functions/function-registry.ts";
import type { Invoke } from "../functions/invocation-outcome.ts";
import type { ResolvedTemplates } from "../templates/resolved-templates.ts";
import type { ApiDefinition, RouteTarget } from "./api-listener.ts";
import { type Authorize, createAuthorizer, letEveryoneIn } from "./authorizer.ts";
import type { HttpRoute } from "./http-router.ts";
import {
  limitIntegration,
  maxAuthorizerMilliseconds,
  maxIntegrationMilliseconds,
} from "./limit-integration.ts";

const RouteSchema = v.object({
  ApiId: v.string(),
  RouteKey: v.string(),
  Target: v.string(),
  AuthorizerId: v.optional(v.string()),
});
const IntegrationSchema = v.object({
  IntegrationType: v.literal("AWS_PROXY"),
  IntegrationUri: v.string(),
  PayloadFormatVersion: v.literal("2.0"),
  TimeoutInMillis: v.optional(
    v.pipe(v.number(), v.minValue(50), v.maxValue(maxIntegrationMilliseconds)),
    maxIntegrationMilliseconds,
  ),
});
const AuthorizerSchema = v.object({
  AuthorizerType: v.literal("REQUEST"),
  AuthorizerUri: v.string(),
  AuthorizerPayloadFormatVersion: v.literal("2.0"),
  EnableSimpleResponses: v.literal(true),
  IdentitySource: v.array(v.string()),
  AuthorizerResultTtlInSeconds: v.optional(v.number(), 300),
});

const readRoute = (
  { RouteKey, Target, AuthorizerId }: v.InferOutput<typeof RouteSchema>,
  integrations: ReadonlyMap<string, Invoke>,
  authorizers: ReadonlyMap<string, Authorize>,
): HttpRoute<RouteTarget> => {
  const invoke = integrations.get(Target.replace(/^integrations\//, ""));
  if (invoke === undefined) throw new StartFailure(`Route ${RouteKey} calls no known function.`);
  const authorize = AuthorizerId === undefined ? letEveryoneIn : authorizers.get(AuthorizerId);
  if (authorize === undefined) {
    throw new StartFailure(`Route ${RouteKey} has an authorizer that is not in the templates.`);
  }
  return { key: RouteKey, target: { invoke, authorize } };
};

const readIntegrations = (
  templates: ResolvedTemplates,
  find: FindFunction,
): Map<string, Invoke> => {
  const integrations = new Map<string, Invoke>();
  for (const { ref, properties } of templates.ofType("AWS::ApiGatewayV2::Integration")) {
    const { IntegrationUri, TimeoutInMillis } = v.parse(IntegrationSchema, properties());
    const invoke = find(IntegrationUri);
    if (invoke !== undefined) integrations.set(ref, limitIntegration(invoke, TimeoutInMillis));
  }
  return integrations;
};

const readAuthorizers = (
  templates: ResolvedTemplates,
  find: FindFunction,
): Map<string, Authorize> => {
  const authorizers = new Map<string, Authorize>();
  for (const { ref, properties } of templates.ofType("AWS::ApiGatewayV2::Authorizer")) {
    const read = v.parse(AuthorizerSchema, properties());
    const invoke = find(read.AuthorizerUri);
    if (invoke === undefined) continue;
    const settings = {
      identitySources: read.IdentitySource,
      resultTtlSeconds: read.AuthorizerResultTtlInSeconds,
      invoke: limitIntegration(invoke, maxAuthorizerMilliseconds),
    };
    authorizers.set(ref, createAuthorizer(settings, Date.now));
  }
  return authorizers;
};

/** Reads the HTTP API of the templates: its routes, their functions and their authorizers. */
export const readHttpApi = (
  templates: ResolvedTemplates,
  find: FindFunction,
  account: string,
): ApiDefinition => {
  const [api, ...more] = templates.ofType("AWS::ApiGatewayV2::Api");
  if (api === undefined || more.length > 0) {
    throw new StartFailure("The local stack runs templates with exactly one HTTP API.");
  }
  const integrations = readIntegrations(templates, find);
  const authorizers = readAuthorizers(templates, find);
  const routes = templates.ofType("AWS::ApiGatewayV2::Route").map((resource) => {
    const route = v.parse(RouteSchema, resource.properties());
    return readRoute(route, integrations, authorizers);
  });
  return { id: api.ref, account, routes };
};

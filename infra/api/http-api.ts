import { Duration, Validations } from "aws-cdk-lib";
import {
  HttpApi as AwsHttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  type HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { AnsweringFunction } from "../../lambda/routes.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { apiRoutes } from "./api-routes.ts";
import { apiStage } from "./api-stage.ts";

type HttpApiProps = {
  readonly settings: Settings;
  readonly functions: Readonly<Record<AnsweringFunction | "authorize", LambdaFunction>>;
};

/** The routes, the functions that answer them, and who may call them. */
export class HttpApi extends Construct {
  readonly api: AwsHttpApi;
  readonly stage: HttpStage;
  readonly throttledBridges: Metric;

  constructor(scope: Construct, id: string, { settings, functions }: HttpApiProps) {
    super(scope, id);
    this.api = new AwsHttpApi(this, "Api", {
      apiName: resourceName(settings),
      description: "Takes registration events from bridges and answers readers",
      createDefaultStage: false,
      // A route without an authorizer of its own requires a reader's token.
      defaultAuthorizer: readerAuthorizer(functions.authorize),
    });
    const integrations = {
      ingest: new HttpLambdaIntegration("Ingest", functions.ingest.function),
      query: new HttpLambdaIntegration("Query", functions.query.function),
      operate: new HttpLambdaIntegration("Operate", functions.operate.function),
    };
    const routes = apiRoutes.flatMap(({ method, path, answeredBy, openBecause }) => {
      const integration = integrations[answeredBy];
      return openBecause === undefined
        ? this.api.addRoutes({ path, methods: [method], integration })
        : this.openRoute(method, path, { integration, openBecause });
    });
    const { stage, throttledBridges } = apiStage(this, { settings, api: this.api, routes });
    this.stage = stage;
    this.throttledBridges = throttledBridges;
  }

  private openRoute(
    method: HttpMethod,
    path: string,
    {
      integration,
      openBecause: reason,
    }: { integration: HttpLambdaIntegration; openBecause: string },
  ): HttpRoute[] {
    const authorizer = new HttpNoneAuthorizer();
    const routes = this.api.addRoutes({ path, methods: [method], integration, authorizer });
    for (const route of routes) {
      Validations.of(route).acknowledge({ id: "AwsSolutions-APIG4", reason });
    }
    return routes;
  }
}

/**
 * Calls `authorize` once for each token and half minute. It passes the token's scopes on instead of refusing: the cached
 * answer serves every route, and each handler checks its own scope.
 */
const readerAuthorizer = ({ function: handler }: LambdaFunction): HttpLambdaAuthorizer =>
  new HttpLambdaAuthorizer("ReaderAuthorizer", handler, {
    authorizerName: "reader-token",
    identitySource: ["$request.header.Authorization"],
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    // With the 25 seconds that authorize keeps the secret, a revoked token is refused within a minute.
    resultsCacheTtl: Duration.seconds(30),
  });

import { Validations } from "aws-cdk-lib";
import {
  HttpApi as AwsHttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  type HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { type AnsweringFunction, apiRoutes } from "./api-routes.ts";
import { apiStage } from "./api-stage.ts";
import { readerAuthorizer } from "./reader-authorizer.ts";

interface HttpApiProps {
  readonly settings: Settings;
  readonly functions: Readonly<Record<AnsweringFunction | "authorize", LambdaFunction>>;
}

/** The routes, who answers them and who may ask. */
export class HttpApi extends Construct {
  readonly api: AwsHttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, { settings, functions }: HttpApiProps) {
    super(scope, id);
    this.api = new AwsHttpApi(this, "Api", {
      apiName: resourceName(settings),
      description: "Takes registration events from bridges and answers readers",
      createDefaultStage: false,
      // A route without an authorizer of its own asks for a reader's token.
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
    this.stage = apiStage(this, { settings, api: this.api, routes });
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

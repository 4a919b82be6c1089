import { Validations } from "aws-cdk-lib";
import {
  HttpApi as AwsHttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { AccessLogs } from "./access-logs.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import { readerAuthorizer } from "./reader-authorizer.ts";
import { resourceName } from "./resource-name.ts";
import type { Settings } from "./settings.ts";

interface HttpApiProps {
  readonly settings: Settings;
  readonly ingest: LambdaFunction;
  readonly query: LambdaFunction;
  readonly authorize: LambdaFunction;
}

/** The routes, who answers them and who may ask. */
export class HttpApi extends Construct {
  readonly api: AwsHttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, { settings, ingest, query, authorize }: HttpApiProps) {
    super(scope, id);
    this.api = new AwsHttpApi(this, "Api", {
      apiName: resourceName(settings),
      description: "Takes registration events from bridges and answers readers",
      createDefaultStage: false,
      // A route without an authorizer of its own asks for a reader's token.
      defaultAuthorizer: readerAuthorizer(authorize),
    });
    this.stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: settings.throttling.rate, burstLimit: settings.throttling.burst },
      accessLogSettings: new AccessLogs(this, "AccessLogs", settings),
    });
    const ingestion = new HttpLambdaIntegration("Ingest", ingest.function);
    const reading = new HttpLambdaIntegration("Query", query.function);
    this.openRoute(
      HttpMethod.POST,
      "/v1/events",
      ingestion,
      "ingest checks the bridge's signature",
    );
    this.openRoute(HttpMethod.GET, "/v1/health", reading, "tells nothing but that the API answers");
    this.readerRoute("/v1/registrations", reading);
    this.readerRoute("/v1/registrations/{thisDN}", reading);
    this.readerRoute("/v1/history", reading);
  }

  private readerRoute(path: string, integration: HttpLambdaIntegration): void {
    this.api.addRoutes({ path, methods: [HttpMethod.GET], integration });
  }

  private openRoute(
    method: HttpMethod,
    path: string,
    integration: HttpLambdaIntegration,
    reason: string,
  ): void {
    const authorizer = new HttpNoneAuthorizer();
    for (const route of this.api.addRoutes({ path, methods: [method], integration, authorizer })) {
      Validations.of(route).acknowledge({ id: "AwsSolutions-APIG4", reason });
    }
  }
}

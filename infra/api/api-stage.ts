import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CfnRoute,
  CfnStage,
  type HttpApi,
  type HttpRoute,
  HttpStage,
  type IAccessLogDestination,
  type IAccessLogSettings,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import {
  metricsNamespace,
  registrationMetric,
  serviceDimension,
} from "../functions/registration-metrics.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { apiRoutes } from "./api-routes.ts";

type ApiStageProps = {
  readonly settings: Settings;
  readonly api: HttpApi;
  readonly routes: readonly HttpRoute[];
};

/** The stage, and a metric of its own. */
export type ApiStage = Pick<AccessLogs, "throttledBridges"> & { readonly stage: HttpStage };

// The route's key, never the path or the query: they hold DNs.
const fields = (settings: Settings) => ({
  // A constant, which becomes the dimension of the metric below.
  service: serviceDimension(settings),
  requestTime: AccessLogField.contextRequestTime(),
  requestId: AccessLogField.contextRequestId(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  routeKey: AccessLogField.contextRouteKey(),
  status: AccessLogField.contextStatus(),
  responseLength: AccessLogField.contextResponseLength(),
  responseLatency: AccessLogField.contextResponseLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
  integrationLatency: AccessLogField.contextIntegrationLatency(),
  integrationError: AccessLogField.contextIntegrationErrorMessage(),
  authorizerError: AccessLogField.contextAuthorizerError(),
});

/** One line of JSON for each request to the API. */
class AccessLogs extends Construct implements IAccessLogSettings {
  readonly destination: IAccessLogDestination;
  readonly format: AccessLogFormat;
  /** How many requests of bridges were refused with 429. API Gateway's own metrics count no single status. */
  readonly throttledBridges: Metric;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      // Under /aws/vendedlogs/ the account's log policies, whose size is limited, do not grow with each API.
      logGroupName: `/aws/vendedlogs/${resourceName(settings, "api")}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.destination = new LogGroupLogDestination(logGroup);
    this.format = AccessLogFormat.custom(JSON.stringify(fields(settings)));
    new MetricFilter(this, "ThrottledBridges", {
      logGroup,
      metricNamespace: metricsNamespace,
      metricName: "BridgeRequestsThrottled",
      metricValue: "1",
      dimensions: { service: "$.service" },
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue("$.status", "=", "429"),
        FilterPattern.stringValue("$.routeKey", "=", "POST /v1/events"),
      ),
    });
    this.throttledBridges = registrationMetric(settings, "BridgeRequestsThrottled");
  }
}

/** Each route has its own share, so that readers never use up what bridges may send. */
const throttles = ({ throttling }: Settings) => {
  const { rate, burst, readRate, readBurst } = throttling;
  const bridges = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  const readers = { ThrottlingRateLimit: readRate, ThrottlingBurstLimit: readBurst };
  return Object.fromEntries(
    apiRoutes.map(({ key, answeredBy }) => [key, answeredBy === "ingest" ? bridges : readers]),
  );
};

/** The only stage of the API, deployed with each change, with its throttles and its access log. */
export const apiStage = (scope: Construct, { settings, api, routes }: ApiStageProps): ApiStage => {
  const accessLogs = new AccessLogs(scope, "AccessLogs", settings);
  const stage = new HttpStage(scope, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: {
      rateLimit: settings.throttling.readRate,
      burstLimit: settings.throttling.readBurst,
    },
    accessLogSettings: accessLogs,
  });
  if (stage.node.defaultChild instanceof CfnStage) {
    stage.node.defaultChild.routeSettings = throttles(settings);
    // API Gateway refuses settings for a route that does not exist yet.
    for (const { node } of routes) {
      if (node.defaultChild instanceof CfnRoute)
        stage.node.defaultChild.addResourceDependency(node.defaultChild);
    }
  }
  return { stage, throttledBridges: accessLogs.throttledBridges };
};

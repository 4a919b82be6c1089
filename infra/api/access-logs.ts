import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type IAccessLogDestination,
  type IAccessLogSettings,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

// The route's key, never the path or the query: they hold DNs.
const fields = {
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
};

/** A line of JSON for each request to the API. */
export class AccessLogs extends Construct implements IAccessLogSettings {
  readonly destination: IAccessLogDestination;
  readonly format = AccessLogFormat.custom(JSON.stringify(fields));

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      // Under /aws/vendedlogs/ the account's log policies, which have a size limit, do not grow with each API.
      logGroupName: `/aws/vendedlogs/${resourceName(settings, "api")}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.destination = new LogGroupLogDestination(logGroup);
  }
}

import {
  CfnRoute,
  CfnStage,
  type HttpApi,
  type HttpRoute,
  HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import type { Construct } from "constructs";
import type { Settings } from "../settings/settings.ts";
import { AccessLogs } from "./access-logs.ts";
import { apiRoutes, bridgesRoute } from "./api-routes.ts";

interface ApiStageProps {
  readonly settings: Settings;
  readonly api: HttpApi;
  readonly routes: readonly HttpRoute[];
}

/** Each route has its own share: what readers ask for is never taken from what bridges may send. */
const throttles = ({ throttling }: Settings) => {
  const { rate, burst, readRate, readBurst } = throttling;
  const bridges = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  const readers = { ThrottlingRateLimit: readRate, ThrottlingBurstLimit: readBurst };
  return Object.fromEntries(
    apiRoutes.map((route) => [
      `${route.method} ${route.path}`,
      route === bridgesRoute ? bridges : readers,
    ]),
  );
};

/** The one stage of the API, deployed with each change, with its throttles and its access log. */
export const apiStage = (scope: Construct, { settings, api, routes }: ApiStageProps): HttpStage => {
  const stage = new HttpStage(scope, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: {
      rateLimit: settings.throttling.readRate,
      burstLimit: settings.throttling.readBurst,
    },
    accessLogSettings: new AccessLogs(scope, "AccessLogs", settings),
  });
  if (stage.node.defaultChild instanceof CfnStage) {
    stage.node.defaultChild.routeSettings = throttles(settings);
    // API Gateway refuses settings of a route that it does not know yet.
    for (const { node } of routes) {
      if (node.defaultChild instanceof CfnRoute)
        stage.node.defaultChild.addResourceDependency(node.defaultChild);
    }
  }
  return stage;
};

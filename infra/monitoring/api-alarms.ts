import { Duration } from "aws-cdk-lib";
import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import type { AlarmDefinition } from "./alarms.ts";

/** Answers that are nobody's fault but ours. */
export const apiAlarms = (stage: HttpStage): AlarmDefinition[] => [
  {
    name: "api-5xx",
    metric: stage.metricServerError({ period: Duration.minutes(5), statistic: "Sum" }),
    // A lone 503 is the way of a store that is busy: bridges send again.
    threshold: 5,
    meaning:
      "The API answers with 5xx: bridges keep their events and send them again, readers get nothing.",
    remedy: "see in the access log which route and integrationError, then the log of its function.",
  },
];

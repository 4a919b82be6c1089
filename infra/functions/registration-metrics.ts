import { Duration } from "aws-cdk-lib";
import { MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/** The namespace of the metrics that the functions emit themselves. */
export const metricsNamespace = "DnRegistration";

/** The value of the dimension `service`: it keeps the stages apart. */
export const serviceDimension = (settings: Settings): string => resourceName(settings);

/** The counts that the functions emit, and one that CloudWatch takes from the access log. */
export type RegistrationMetric =
  | "EventsApplied"
  | "EventsDuplicate"
  | "EventsOutdated"
  | "EventsIgnored"
  | "EventsRejected"
  | "EventsAheadOfClock"
  | "ClocksWentBack"
  | "StaleSignaturesWithRightKey"
  | "StaleRequestsUnproven"
  | "SignaturesRefused"
  | "ServersRefused"
  | "ServersKnown"
  | "ChangesPublished"
  | "ChangesRefused"
  | "AlertsTold"
  | "AlertTextsRefused"
  | "LossesHeld"
  | "LossesPassed"
  | "LossesAlerted"
  | "AlertsOpened"
  | "AlertsResolved"
  | "DerivedLosses"
  | "EvaluationsFailed"
  | "ScheduledRuns"
  | "BridgeRequestsThrottled";

/** The sum of one count over 5 minutes. */
export const registrationMetric = (settings: Settings, metricName: RegistrationMetric): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: serviceDimension(settings) },
    statistic: "Sum",
    period: Duration.minutes(5),
  });

/** The sums of some counts over 5 minutes, in this order. */
export const registrationMetrics = (
  settings: Settings,
  ...names: readonly RegistrationMetric[]
): Metric[] => names.map((name) => registrationMetric(settings, name));

/** How late events arrive after their T-Server time: for each server the 95th percentile of 5 minutes, in seconds. */
export const arrivalLagByServer = (settings: Settings): MathExpression =>
  new MathExpression({
    // A search, because servers come and go without a deployment.
    expression: `SEARCH('{${metricsNamespace},server,service} MetricName="ArrivalLagSeconds" service="${serviceDimension(settings)}"', 'p95', 300)`,
    usingMetrics: {},
    label: "",
    period: Duration.minutes(5),
  });

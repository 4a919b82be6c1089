import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/** The namespace of what the functions count themselves. */
export const metricsNamespace = "DnRegistration";

/** The value of the dimension `service`: it keeps the stages apart. */
export const serviceDimension = (settings: Settings): string => resourceName(settings);

/** What the functions count. */
export type RegistrationMetric =
  | "EventsApplied"
  | "EventsDuplicate"
  | "EventsOutdated"
  | "EventsIgnored"
  | "EventsRejected"
  | "EventsAheadOfClock"
  | "StaleSignaturesWithRightKey"
  | "SignaturesRefused"
  | "ChangesPublished"
  | "ChangesRefused"
  | "AlertsTold"
  | "LossesHeld"
  | "LossesPassed"
  | "LossesAlerted"
  | "AlertsOpened"
  | "AlertsResolved"
  | "DerivedLosses"
  | "EvaluationsFailed";

/** The sum of a count over 5 minutes. */
export const registrationMetric = (settings: Settings, metricName: RegistrationMetric): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: serviceDimension(settings) },
    statistic: "Sum",
    period: Duration.minutes(5),
  });

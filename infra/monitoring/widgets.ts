import { GraphWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { type RegistrationMetric, registrationMetric } from "../functions/registration-metrics.ts";
import type { Settings } from "../settings/settings.ts";

/** A graph of half the dashboard's width. */
export const graph = (title: string, left: IMetric[], unit?: string): GraphWidget =>
  new GraphWidget({
    title,
    left,
    width: 12,
    leftYAxis: { min: 0, ...(unit === undefined ? {} : { label: unit, showUnits: false }) },
  });

/** What the functions count, by name. */
export const counts = (settings: Settings, ...names: readonly RegistrationMetric[]): IMetric[] =>
  names.map((name) => registrationMetric(settings, name));

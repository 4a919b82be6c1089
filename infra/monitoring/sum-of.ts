import { Duration } from "aws-cdk-lib";
import { MathExpression, type Metric } from "aws-cdk-lib/aws-cloudwatch";

/** The sum of some counts in each 5 minutes; a count without data counts as none. An alarm takes ten at most. */
export const sumOf = (metrics: readonly Metric[]): MathExpression => {
  const named = metrics.map((metric, index) => [`m${index}`, metric] as const);
  return new MathExpression({
    expression: `SUM([${named.map(([name]) => name).join(", ")}])`,
    usingMetrics: Object.fromEntries(named),
    period: Duration.minutes(5),
  });
};

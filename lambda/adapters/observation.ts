import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import * as v from "valibot";
import type { EmitFigures, Log } from "../domain/ports.ts";

// valibot's errors carry what they were given, message and all: a secret, or an item with its Extensions.
const withoutInput = (value: unknown): unknown => {
  if (!v.isValiError(value)) return value;
  const [{ expected, path }] = value.issues;
  return { name: value.name, expected, path: path?.map(({ key }) => key) };
};

/** Where log lines and figures go: standard output, from where CloudWatch takes both. Service and namespace come from POWERTOOLS_*. */
export const createObservation = (): { log: Log; emitFigures: EmitFigures } => {
  const logger = new Logger();
  const metrics = new Metrics();
  return {
    log: (level, message, fields) => {
      const entries = Object.entries(fields).map(([name, value]) => [name, withoutInput(value)]);
      logger[level](message, Object.fromEntries(entries));
    },
    emitFigures: (figures) => {
      for (const { name, value, unit, server } of figures) {
        // A metric with a dimension of its own is a document of its own.
        const target = server === undefined ? metrics : metrics.singleMetric();
        if (server !== undefined) target.addDimension("server", server);
        target.addMetric(name, MetricUnit[unit === "Seconds" ? "Seconds" : "Count"], value);
      }
      if (figures.some(({ server }) => server === undefined)) metrics.publishStoredMetrics();
    },
  };
};

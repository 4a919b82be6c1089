import * as v from "valibot";
import type { EmitMetrics, Log, Metric } from "../ports/telemetry.ts";

/** The names under which log lines and metrics are found: the stage's service, and the namespace of its metrics. */
export type TelemetryNames = {
  readonly SERVICE_NAME: string;
  readonly METRICS_NAMESPACE: string;
};

// valibot's errors carry their input, in the message as well: a secret, or an item with its Extensions.
const withoutInput = (error: v.ValiError<v.GenericSchema>): object => {
  const [{ expected, path }] = error.issues;
  return { name: error.name, expected, path: path?.map(({ key }) => key) };
};

// The SDK's errors have `$metadata`, which names the request; their other members may hold what was sent.
const describe = (value: unknown): unknown => {
  if (v.isValiError<v.GenericSchema>(value)) return withoutInput(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const metadata = "$metadata" in value ? { $metadata: value.$metadata } : {};
  return { name, message, stack, cause: describe(cause), ...metadata };
};

// Not through the console: Lambda would wrap its lines, and CloudWatch reads metrics from whole lines only.
const writeLine = (document: object): void => {
  process.stdout.write(`${JSON.stringify(document)}\n`);
};

const toDocument = (
  metrics: readonly Metric[],
  dimensions: Readonly<Record<string, string>>,
  namespace: string,
  now: number,
): object => ({
  _aws: {
    Timestamp: now,
    CloudWatchMetrics: [
      {
        Namespace: namespace,
        Dimensions: [Object.keys(dimensions)],
        Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
      },
    ],
  },
  ...dimensions,
  ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
});

/**
 * Where log lines and metrics go: one JSON line each on standard output, from where CloudWatch reads both, metrics in
 * its embedded metric format (ADR 0006). `now` in milliseconds.
 */
export const createTelemetry = (
  { SERVICE_NAME: service, METRICS_NAMESPACE: namespace }: TelemetryNames,
  now: () => number,
): { log: Log; emitMetrics: EmitMetrics } => ({
  log: (level, message, fields) => {
    const entries = Object.entries(fields).map(([name, value]) => [name, describe(value)]);
    const timestamp = new Date(now()).toISOString();
    const line = { level: level.toUpperCase(), message, timestamp, service };
    writeLine({ ...line, ...Object.fromEntries(entries) });
  },
  emitMetrics: (metrics) => {
    const common = metrics.filter(({ server }) => server === undefined);
    if (common.length > 0) writeLine(toDocument(common, { service }, namespace, now()));
    for (const metric of metrics) {
      const { server } = metric;
      if (server === undefined) continue;
      writeLine(toDocument([metric], { service, server }, namespace, now()));
    }
  },
});

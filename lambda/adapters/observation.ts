import * as v from "valibot";
import type { EmitFigures, Figure, Log } from "../domain/ports.ts";

/** Under which names log lines and figures are found: the stage's service, and the namespace of its metrics. */
export type ObservationNames = {
  readonly SERVICE_NAME: string;
  readonly METRICS_NAMESPACE: string;
};

// valibot's errors carry what they were given, message and all: a secret, or an item with its Extensions.
const withoutInput = (error: v.ValiError<v.GenericSchema>): object => {
  const [{ expected, path }] = error.issues;
  return { name: error.name, expected, path: path?.map(({ key }) => key) };
};

// The SDK's errors have `$metadata`, which names the request; what else they carry may hold what was sent.
const describe = (value: unknown): unknown => {
  if (v.isValiError<v.GenericSchema>(value)) return withoutInput(value);
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const metadata = "$metadata" in value ? { $metadata: value.$metadata } : {};
  return { name, message, stack, cause: describe(cause), ...metadata };
};

// Past the console: Lambda would wrap its lines, and CloudWatch takes figures from whole lines only.
const writeLine = (document: object): void => {
  process.stdout.write(`${JSON.stringify(document)}\n`);
};

const toDocument = (
  figures: readonly Figure[],
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
        Metrics: figures.map(({ name, unit }) => ({ Name: name, Unit: unit })),
      },
    ],
  },
  ...dimensions,
  ...Object.fromEntries(figures.map(({ name, value }) => [name, value])),
});

/**
 * Where log lines and figures go: a JSON line each on standard output, from where CloudWatch takes both, figures in its
 * embedded metric format (ADR 0006). `now` in milliseconds.
 */
export const createObservation = (
  { SERVICE_NAME: service, METRICS_NAMESPACE: namespace }: ObservationNames,
  now: () => number,
): { log: Log; emitFigures: EmitFigures } => ({
  log: (level, message, fields) => {
    const entries = Object.entries(fields).map(([name, value]) => [name, describe(value)]);
    const timestamp = new Date(now()).toISOString();
    const line = { level: level.toUpperCase(), message, timestamp, service };
    writeLine({ ...line, ...Object.fromEntries(entries) });
  },
  emitFigures: (figures) => {
    const common = figures.filter(({ server }) => server === undefined);
    if (common.length > 0) writeLine(toDocument(common, { service }, namespace, now()));
    for (const figure of figures) {
      const { server } = figure;
      if (server === undefined) continue;
      writeLine(toDocument([figure], { service, server }, namespace, now()));
    }
  },
});

/** Writes a line of the log: identifiers and outcomes, never bodies, headers, signatures or Extensions. */
export type Log = (
  level: "info" | "warn" | "error",
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

/** One metric for dashboard and alarms; a metric with a server is kept for each server. */
export type Metric = { name: string; value: number; unit: "Count" | "Seconds"; server?: string };

/** Sends metrics to CloudWatch. */
export type EmitMetrics = (metrics: readonly Metric[]) => void;

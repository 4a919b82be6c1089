import * as v from "valibot";
import { AlertRulesSchema } from "./domain/rules.ts";

const Text = v.pipe(v.string(), v.nonEmpty());
const Count = v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1));
// Optional, as are others below, because Lambda changes a function's code a moment before its variables.
const TimeZone = v.optional(Text, "UTC");
const AlertRules = v.pipe(v.string(), v.parseJson(), AlertRulesSchema);

/** What every function that logs or emits metrics reads: the names under which its lines and metrics are found. */
export const TelemetryEnvironmentSchema = v.object({
  SERVICE_NAME: Text,
  METRICS_NAMESPACE: Text,
});
/** The variables that every function is given. */
export type TelemetryEnvironment = v.InferInput<typeof TelemetryEnvironmentSchema>;

/** What `ingest` reads from its environment. Retention in days after receipt. */
export const IngestEnvironmentSchema = v.object({
  STATUS_TABLE: Text,
  HISTORY_TABLE: Text,
  REJECTED_EVENTS_QUEUE_URL: Text,
  BRIDGE_KEYS_SECRET: Text,
  HISTORY_RETENTION_DAYS: Count,
  CONNECTIONS_TABLE: Text,
  EVALUATION_QUEUE_URL: Text,
  ALERT_RULES: AlertRules,
  SERVERS_PER_KEY: v.optional(Count, "100"),
});
/** The variables of `ingest` as the stack sets them: text, before parsing. */
export type IngestEnvironment = v.InferInput<typeof IngestEnvironmentSchema>;

/** What `fanout` reads from its environment. The runbook address ends up in every alert; commands in texts name the stage. */
export const FanoutEnvironmentSchema = v.object({
  CHANGES_TOPIC_ARN: Text,
  ALERTS_TOPIC_ARN: Text,
  ALERT_TEXTS_TOPIC_ARN: v.optional(Text),
  STAGE: v.optional(Text),
  TIME_ZONE: TimeZone,
  FAILED_CHANGES_QUEUE_URL: Text,
  EVALUATION_QUEUE_URL: Text,
  ALERT_RULES: AlertRules,
  RUNBOOK_URL: v.optional(v.pipe(v.string(), v.url())),
});
/** The variables of `fanout` as the stack sets them. */
export type FanoutEnvironment = v.InferInput<typeof FanoutEnvironmentSchema>;

/** What `query` reads from its environment. */
export const QueryEnvironmentSchema = v.object({
  STATUS_TABLE: Text,
  HISTORY_TABLE: Text,
  HISTORY_RETENTION_DAYS: Count,
  CONNECTIONS_TABLE: Text,
});
/** The variables of `query` as the stack sets them. */
export type QueryEnvironment = v.InferInput<typeof QueryEnvironmentSchema>;

/** What `authorize` reads from its environment. */
export const AuthorizeEnvironmentSchema = v.object({ READER_TOKENS_SECRET: Text });
/** The variables of `authorize` as the stack sets them. */
export type AuthorizeEnvironment = v.InferInput<typeof AuthorizeEnvironmentSchema>;

/** What `evaluate` and `operate`, which work on losses and alerts, read. Losses and alerts are kept as long as the history. */
export const AlertingEnvironmentSchema = v.object({
  STATUS_TABLE: Text,
  HISTORY_TABLE: Text,
  LOSSES_TABLE: Text,
  ALERTS_TABLE: Text,
  CONNECTIONS_TABLE: Text,
  WINDOWS_TABLE: Text,
  EVALUATION_QUEUE_URL: Text,
  HISTORY_RETENTION_DAYS: Count,
  ALERT_RULES: AlertRules,
});
/** The variables of `evaluate` and `operate` as the stack sets them. */
export type AlertingEnvironment = v.InferInput<typeof AlertingEnvironmentSchema>;

/** What `operate` reads besides: the zone in which it shows the times of alerts. */
export const OperateEnvironmentSchema = v.object({
  ...AlertingEnvironmentSchema.entries,
  TIME_ZONE: TimeZone,
});
/** The variables of `operate` as the stack sets them. */
export type OperateEnvironment = v.InferInput<typeof OperateEnvironmentSchema>;

/**
 * What `evaluate` reads besides: it asks the secret which bridge keys are live.
 */
export const EvaluateEnvironmentSchema = v.object({
  ...AlertingEnvironmentSchema.entries,
  BRIDGE_KEYS_SECRET: v.optional(Text),
});
/** The variables of `evaluate` as the stack sets them. */
export type EvaluateEnvironment = v.InferInput<typeof EvaluateEnvironmentSchema>;

import * as v from "valibot";

const Text = v.pipe(v.string(), v.nonEmpty());
const Days = v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1));

/** What `ingest` reads from its environment. Retention in days after receipt. */
export const IngestEnvironmentSchema = v.object({
  STATUS_TABLE: Text,
  HISTORY_TABLE: Text,
  REJECTED_EVENTS_QUEUE_URL: Text,
  BRIDGE_KEYS_SECRET: Text,
  HISTORY_RETENTION_DAYS: Days,
});
/** The variables of `ingest` as the stack sets them: text, before parsing. */
export type IngestEnvironment = v.InferInput<typeof IngestEnvironmentSchema>;

/** What `fanout` reads from its environment. The runbook address ends up in every alert. */
export const FanoutEnvironmentSchema = v.object({
  CHANGES_TOPIC_ARN: Text,
  ALERTS_TOPIC_ARN: Text,
  FAILED_CHANGES_QUEUE_URL: Text,
  RUNBOOK_URL: v.optional(v.pipe(v.string(), v.url())),
});
/** The variables of `fanout` as the stack sets them. */
export type FanoutEnvironment = v.InferInput<typeof FanoutEnvironmentSchema>;

/** What `query` reads from its environment. */
export const QueryEnvironmentSchema = v.object({
  STATUS_TABLE: Text,
  HISTORY_TABLE: Text,
  HISTORY_RETENTION_DAYS: Days,
});
/** The variables of `query` as the stack sets them. */
export type QueryEnvironment = v.InferInput<typeof QueryEnvironmentSchema>;

/** What `authorize` reads from its environment. */
export const AuthorizeEnvironmentSchema = v.object({ READER_TOKENS_SECRET: Text });
/** The variables of `authorize` as the stack sets them. */
export type AuthorizeEnvironment = v.InferInput<typeof AuthorizeEnvironmentSchema>;

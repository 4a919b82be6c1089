import * as v from "valibot";
import { compileFilters } from "../filter-pattern.ts";
import type { SqsRecord } from "./sqs-record.ts";

/** Says whether a message goes to the function; those that do not are deleted. */
export type QueueFilter = (record: SqsRecord) => boolean;

const JsonBodySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.custom<object>((value) => typeof value === "object" && value !== null),
);
const TextPatternSchema = v.object({ body: v.optional(v.array(v.unknown())) });

const compilePattern = (pattern: string) => {
  const filter = compileFilters([pattern]);
  const wantsJson = !v.is(TextPatternSchema, JSON.parse(pattern));
  // Plain text fails a pattern for JSON even where that asks for a key to be missing.
  return (record: { readonly body: unknown }) =>
    (!wantsJson || typeof record.body === "object") && filter(record);
};

/** Makes the filter of a mapping's patterns: a body that is JSON is looked into, another one is plain text. No patterns: all pass. */
export const compileQueueFilter = (patterns: readonly string[]): QueueFilter => {
  if (patterns.length === 0) return () => true;
  const filters = patterns.map(compilePattern);
  return (record) => {
    const parsed = v.safeParse(JsonBodySchema, record.body);
    const body = parsed.success ? parsed.output : record.body;
    return filters.some((filter) => filter({ ...record, body }));
  };
};

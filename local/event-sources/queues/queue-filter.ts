import * as v from "valibot";
import { compileFilters } from "../filter-pattern.ts";
import type { SqsRecord } from "./sqs-record.ts";

/** Says whether a message goes to the function; Lambda deletes the others. */
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
  // Plain text fails a pattern for JSON, even one that asks for a missing key.
  return (record: { readonly body: unknown }) =>
    (!wantsJson || typeof record.body === "object") && filter(record);
};

/** Makes the filter of a mapping's patterns, which see a JSON body as an object and any other body as text. Without patterns all pass. */
export const compileQueueFilter = (patterns: readonly string[]): QueueFilter => {
  if (patterns.length === 0) return () => true;
  const filters = patterns.map(compilePattern);
  return (record) => {
    const parsed = v.safeParse(JsonBodySchema, record.body);
    const body = parsed.success ? parsed.output : record.body;
    return filters.some((filter) => filter({ ...record, body }));
  };
};

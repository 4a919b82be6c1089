import * as v from "valibot";
import type { Parameters } from "./query-string.ts";

/** The parameters of a request, or what is wrong with them. */
export type ReadParameters<Output> =
  | { kind: "read"; output: Output }
  | { kind: "bad"; detail: string };

const findRepeated = (parameters: Parameters): string | undefined =>
  [...parameters].find(([, values]) => values.length > 1)?.[0];

const describe = (
  issue: v.BaseIssue<unknown>,
  known: readonly string[],
  parameters: Parameters,
): string => {
  const name = String(issue.path?.[0].key);
  if (!known.includes(name)) return `unknown parameter; the known ones are ${known.join(", ")}`;
  return parameters.has(name) ? issue.message : `${name} is missing`;
};

/** Checks parameters that may each appear once. Messages name the parameter and the rule, never the value. */
export const readParameters = <Schema extends ReturnType<typeof v.strictObject>>(
  schema: Schema,
  parameters: Parameters,
): ReadParameters<v.InferOutput<Schema>> => {
  const known = Object.keys(schema.entries);
  const repeated = findRepeated(parameters);
  if (repeated !== undefined && known.includes(repeated)) {
    return { kind: "bad", detail: `${repeated} may be given only once` };
  }
  const values = [...parameters].map(([name, [value]]) => [name, value] as const);
  const read = v.safeParse(schema, Object.fromEntries(values));
  return read.success
    ? { kind: "read", output: read.output }
    : { kind: "bad", detail: describe(read.issues[0], known, parameters) };
};

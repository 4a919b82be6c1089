import { StartFailure } from "../command/start-failure.ts";
import { compileMatcher, type Matcher } from "./filter-matcher.ts";

/** Says whether a record passes. */
export type Filter = (record: unknown) => boolean;

/** The value of a key; undefined when the key is missing. */
const property = (value: unknown, key: string): unknown => {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
};

const compileKey = (key: string, part: unknown): Filter => {
  if (key === "$or" && Array.isArray(part)) {
    const alternatives = part.map(compilePattern);
    return (value) => alternatives.some((alternative) => alternative(value));
  }
  const filter = compilePattern(part);
  return (value) => {
    const children = Array.isArray(value) ? value : [value];
    return children.some((child) => filter(property(child, key)));
  };
};

const compileLeaf =
  (matchers: readonly Matcher[]): Filter =>
  (value) => {
    const values = Array.isArray(value) && value.length > 0 ? value : [value];
    return matchers.some((matches) => values.some((one) => matches(one)));
  };

/** An object matches when each of its keys matches, a list when one of its matchers does. */
const compilePattern = (pattern: unknown): Filter => {
  if (Array.isArray(pattern)) return compileLeaf(pattern.map(compileMatcher));
  if (typeof pattern !== "object" || pattern === null) {
    throw new StartFailure(
      `A filter pattern has ${JSON.stringify(pattern)} where a list is expected.`,
    );
  }
  const parts = Object.entries(pattern).map(([key, part]) => compileKey(key, part));
  return (value) => parts.every((part) => part(value));
};

/** Makes one filter of a mapping's patterns (JSON text). A record passes when any pattern matches; without patterns all pass. */
export const compileFilters = (patterns: readonly string[]): Filter => {
  if (patterns.length === 0) return () => true;
  const filters = patterns.map((pattern) => compilePattern(JSON.parse(pattern)));
  return (record) => filters.some((filter) => filter(record));
};

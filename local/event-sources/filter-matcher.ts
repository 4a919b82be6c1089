import { StartFailure } from "../command/start-failure.ts";

/** Says whether one value matches; `undefined` stands for a missing key. */
export type Matcher = (value: unknown) => boolean;

const compare = (operator: string, bound: number): ((value: number) => boolean) => {
  switch (operator) {
    case "=":
      return (value) => value === bound;
    case "<":
      return (value) => value < bound;
    case "<=":
      return (value) => value <= bound;
    case ">":
      return (value) => value > bound;
    case ">=":
      return (value) => value >= bound;
    default:
      throw new StartFailure(`The local stack does not support the numeric filter ${operator}.`);
  }
};

const isNumeric = (value: unknown): boolean =>
  typeof value === "number" || (typeof value === "string" && /^-?\d/.test(value));

const operators: Readonly<Record<string, (argument: unknown) => Matcher>> = {
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  prefix: (start) => (value) => typeof value === "string" && value.startsWith(String(start)),
  suffix: (end) => (value) => typeof value === "string" && value.endsWith(String(end)),
  "equals-ignore-case": (text) => (value) =>
    typeof value === "string" && value.toLowerCase() === String(text).toLowerCase(),
  "anything-but": (argument) => {
    const excluded = (Array.isArray(argument) ? argument : [argument]).map(compileMatcher);
    return (value) => value !== undefined && !excluded.some((matches) => matches(value));
  },
  numeric: (argument) => {
    const parts: unknown[] = Array.isArray(argument) ? argument : [];
    const checks: ((value: number) => boolean)[] = [];
    for (let index = 0; index < parts.length; index += 2) {
      checks.push(compare(String(parts[index]), Number(parts[index + 1])));
    }
    // DynamoDB writes numbers as text: `{"N": "17"}`.
    return (value) => isNumeric(value) && checks.every((check) => check(Number(value)));
  },
};

/** Makes the matcher of one entry of a pattern's list: a literal, or an object such as `{"prefix": "a"}`. */
export const compileMatcher = (entry: unknown): Matcher => {
  if (typeof entry !== "object" || entry === null) return (value) => value === entry;
  const [first, ...more] = Object.entries(entry);
  const make = first === undefined ? undefined : operators[first[0]];
  if (first === undefined || make === undefined || more.length > 0) {
    throw new StartFailure(`The local stack does not support the filter ${JSON.stringify(entry)}.`);
  }
  return make(first[1]);
};

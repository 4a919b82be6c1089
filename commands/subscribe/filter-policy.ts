import * as v from "valibot";
import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** The topics that may be subscribed. */
export type TopicName = "changes" | "alerts" | "operations";

/** The message attributes of each topic that a filter may ask for. */
export const filterKeys: Readonly<Record<TopicName, readonly string[]>> = {
  changes: ["type", "server", "application", "thisDN", "verdict", "customerID"],
  alerts: ["type", "server", "kind", "severity", "customerID"],
  operations: [],
};

const alertTypes = ["alert.opened", "alert.updated", "alert.acknowledged", "alert.resolved"];
const changeTypes = ["registered", "unregistered", "updated", "retired"].map(
  (name) => `registration.${name}`,
);

const knownValues: Readonly<Record<TopicName, Readonly<Record<string, readonly string[]>>>> = {
  changes: { type: changeTypes, verdict: ["expected", "unexpected"] },
  alerts: { type: alertTypes, kind: ["dn", "server", "bridge"], severity: ["critical", "warning"] },
  operations: {},
};

// What SNS takes for attributes; "exists" apart, they are all about text here.
const operators = ["prefix", "suffix", "anything-but", "equals-ignore-case", "exists", "wildcard"];

const ConditionSchema = v.union([
  v.string(),
  v.pipe(
    v.record(v.string(), v.unknown()),
    v.check((condition) => {
      const names = Object.keys(condition);
      return names.length === 1 && operators.includes(names[0] ?? "");
    }),
  ),
]);
const FilterSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.string(), v.pipe(v.array(ConditionSchema), v.minLength(1))),
);

const mostKeys = 5;
const example = '{"server":["SIPTS750"],"type":[{"prefix":"registration."}]}';

const reject = (why: string): never => {
  throw new UsageError(`--filter: ${why}`);
};

/** A filter policy that SNS takes, and remarks on it for the person who wrote it. */
export type FilterPolicy = {
  readonly text: string;
  readonly warnings: readonly string[];
};

const unknownValues = (topic: TopicName, key: string, values: readonly unknown[]): string[] => {
  const known = knownValues[topic][key];
  if (known === undefined) return [];
  return values
    .filter((value) => typeof value === "string" && !known.includes(value))
    .map(
      (value) =>
        `no message has the ${key} ${JSON.stringify(value)}; known are ${known.join(", ")}`,
    );
};

/** Reads `--filter`. Throws UsageError for what SNS would refuse, and for keys that no message of the topic has. */
export const readFilterPolicy = (topic: TopicName, text: string): FilterPolicy => {
  if (filterKeys[topic].length === 0)
    reject("alarms have no attributes to go by; leave it out to get every alarm");
  const parsed = v.safeParse(FilterSchema, text);
  if (!parsed.success)
    return reject(`give a JSON object of lists, texts or {${operators.join("|")}: …}: ${example}`);
  const entries = Object.entries(parsed.output);
  if (entries.length === 0) reject(`it has no key; leave it out to get everything`);
  if (entries.length > mostKeys) reject(`it has ${entries.length} keys, SNS takes ${mostKeys}`);
  const unknown = entries.map(([key]) => key).filter((key) => !filterKeys[topic].includes(key));
  if (unknown.length > 0)
    reject(`messages have no ${unknown.join(", ")}; known are ${filterKeys[topic].join(", ")}`);
  return {
    text: JSON.stringify(parsed.output),
    warnings: entries.flatMap(([key, values]) => unknownValues(topic, key, values)),
  };
};

import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { type Attribute, attributes } from "../../lambda/domain/event/event-schema.ts";
import { isNamedServer } from "../../lambda/domain/event/server-name.ts";
import { isJsonObject } from "../../lambda/domain/large-integer.ts";
import { parseJson } from "../../lambda/domain/request/parse-json.ts";

/** A value that an event is to have in an attribute; undefined: the event is to have none. `name`: as it was given. */
export type Mend = {
  readonly attribute: Attribute;
  readonly name: string;
  readonly value: unknown;
};

type Members = [name: string, value: unknown][];

const names = Object.keys(attributes).filter((name): name is Attribute => name in attributes);

/** The attribute that a name means in any of its spellings. */
export const attributeNamed = (name: string): Attribute | undefined =>
  names.find((attribute) => attributes[attribute].spellings.some((one) => one === name));

// The adapter reads numbers from text, and a DN of digits is text: only what has members is more than that.
const readValue = (name: string, text: string): unknown => {
  if (text === "") return undefined;
  if (!/^[[{]/.test(text)) return text;
  const parsed = parseJson(text);
  if (parsed === undefined) throw new UsageError(`--set ${name}: what follows is not valid JSON`);
  return parsed.value;
};

const readMend = (text: string): Mend => {
  const end = text.indexOf("=");
  if (end === -1) throw new UsageError(`--set: write ATTRIBUTE=VALUE, as in Server=SIPTS750`);
  const name = text.slice(0, end).trim();
  const attribute = attributeNamed(name);
  if (attribute === undefined)
    throw new UsageError(
      `--set: "${name}" is no attribute that the adapter reads; it reads ${names.join(", ")}`,
    );
  return { attribute, name, value: readValue(name, text.slice(end + 1)) };
};

/** The values of `--set`, each attribute once. Throws UsageError for what is none. */
export const readMends = (texts: readonly string[]): Mend[] => {
  const mends = texts.map(readMend);
  const twice = mends.find(
    ({ attribute }, index) => mends.findIndex((one) => one.attribute === attribute) !== index,
  );
  if (twice !== undefined) throw new UsageError(`--set ${twice.attribute} was given twice`);
  return mends;
};

const addressType = "InfoStatus.AddressType" satisfies Attribute;
// A time in one attribute and one in two would contradict each other.
const replacedBy: Readonly<Partial<Record<Attribute, readonly Attribute[]>>> = {
  time: ["TimeinSecs", "TimeinuSecs"],
  TimeinSecs: ["time"],
  TimeinuSecs: ["time"],
};

const alsoReplaced = ({ attribute, value }: Mend): readonly Attribute[] => {
  // The adapter prefers a ServerName: a name in Server would change nothing beside it.
  if (attribute === "Server") return isNamedServer(value) ? ["ServerName"] : [];
  return value === undefined ? [] : (replacedBy[attribute] ?? []);
};

const isSpelling = (name: string, mend: Mend): boolean => {
  const meant = attributeNamed(name);
  return meant !== undefined && [mend.attribute, ...alsoReplaced(mend)].includes(meant);
};

// An InfoStatus may hold more than the address type.
const restOf = (value: unknown, { attribute }: Mend): object | undefined => {
  if (attribute !== addressType || !isJsonObject(value)) return undefined;
  const { AddressType: _, ...rest } = { AddressType: null, ...value };
  return Object.keys(rest).length > 0 ? rest : undefined;
};

const mendMembers = (members: Members, mend: Mend): Members => {
  const { attribute, name, value } = mend;
  const kept = members.flatMap(([member, old]): Members => {
    if (!isSpelling(member, mend)) return [[member, old]];
    const rest = restOf(old, mend);
    return rest === undefined ? [] : [[member, rest]];
  });
  if (value === undefined) return kept;
  // The spelling that the event uses stays.
  const used = members.find(
    ([member, old]) => attributeNamed(member) === attribute && !isJsonObject(old),
  )?.[0];
  const flat = attribute === addressType && !isJsonObject(value) ? addressType : name;
  return [...kept, [used ?? flat, value]];
};

/**
 * The text of an event with these values in place of what it says in any spelling of their attributes; undefined where the
 * text is no JSON object. Everything else stays, integers digit for digit.
 */
export const mendEvent = (text: string, mends: readonly Mend[]): string | undefined => {
  if (mends.length === 0) return text;
  const event = parseJson(text)?.value;
  if (!isJsonObject(event)) return undefined;
  // Server first: where a ServerName is given too, it stays.
  const ordered = [...mends].sort(
    (a, b) => Number(b.attribute === "Server") - Number(a.attribute === "Server"),
  );
  const members = ordered.reduce(mendMembers, Object.entries(event));
  return JSON.stringify(Object.fromEntries(members));
};

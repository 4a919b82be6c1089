import { pointerStep } from "../problem.ts";
import { type Attribute, attributes } from "./event-schema.ts";

/** A further value of an attribute, in another spelling. `path` is the JSON Pointer within the event. */
export type Repeated = { attribute: Attribute; path: string; value: unknown };

/** An event sorted by attribute: the first value of each, where it stands in the event, and all unknown members. */
export type SpelledEvent = {
  values: Partial<Record<Attribute, unknown>>;
  paths: Partial<Record<Attribute, string>>;
  repeated: Repeated[];
  other: [string, unknown][];
};

const isAttribute = (name: string): name is Attribute => Object.hasOwn(attributes, name);

const spelled: ReadonlyMap<string, { attribute: Attribute; path: string }> = new Map(
  Object.keys(attributes)
    .filter(isAttribute)
    .flatMap((attribute) =>
      attributes[attribute].spellings.map((name) => [name, { attribute, path: pointerStep(name) }]),
    ),
);

const isAbsent = (value: unknown): boolean => value === null || value === "";

const put = (event: SpelledEvent, attribute: Attribute, path: string, value: unknown): void => {
  if (isAbsent(value)) return;
  if (Object.hasOwn(event.values, attribute)) {
    event.repeated.push({ attribute, path, value });
    return;
  }
  event.values[attribute] = value;
  event.paths[attribute] = path;
};

// `InfoStatus: {AddressType: …}` and a flat key mean the same; its other members are kept, as unknown attributes are.
const putAddressType = (event: SpelledEvent, name: string, path: string, value: object): void => {
  const { AddressType: inner, ...rest } = { AddressType: null, ...value };
  put(event, "InfoStatus.AddressType", `${path}/AddressType`, inner);
  if (Object.keys(rest).length > 0) event.other.push([name, rest]);
};

const isNested = (attribute: Attribute, value: unknown): value is object =>
  attribute === "InfoStatus.AddressType" && value instanceof Object && !Array.isArray(value);

// A time in two attributes means the same as one attribute with both parts.
const putStamp = (event: SpelledEvent): void => {
  const { TimeinSecs, TimeinuSecs = null } = event.values;
  const path = event.paths.TimeinSecs;
  if (path !== undefined) put(event, "time", path, { TimeinSecs, TimeinuSecs });
};

/** Sorts the members of an event by attribute, whatever their spelling. `null` and the empty string are absent. */
export const spellOut = (raw: object): SpelledEvent => {
  const event: SpelledEvent = { values: {}, paths: {}, repeated: [], other: [] };
  for (const [name, value] of Object.entries(raw)) {
    const found = spelled.get(name);
    if (found === undefined) {
      if (!isAbsent(value)) event.other.push([name, value]);
    } else if (isNested(found.attribute, value)) {
      putAddressType(event, name, found.path, value);
    } else {
      put(event, found.attribute, found.path, value);
    }
  }
  putStamp(event);
  return event;
};

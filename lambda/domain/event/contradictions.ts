import * as v from "valibot";
import { isJsonObject } from "../large-integer.ts";
import type { Problem } from "../problem.ts";
import { type Attribute, attributes } from "./event-schema.ts";
import type { Repeated, SpelledEvent } from "./spell-out.ts";
import { readNumber } from "./value-schemas.ts";

// Equal JSON gives equal text, whatever the order of members.
const toText = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, member: unknown) =>
    isJsonObject(member) ? Object.fromEntries(Object.entries(member).toSorted()) : member,
  );

// What a value means, so that 53 and "EventRegistered" agree. Undefined: the attribute cannot have this value.
const meaningOf = (name: Attribute, value: unknown): string | undefined => {
  const read = v.safeParse(attributes[name].schema, value);
  return read.success ? toText(readNumber(read.output)) : undefined;
};

const agrees = ({ attribute, value }: Repeated, first: unknown): boolean => {
  const meaning = meaningOf(attribute, value);
  return meaning === undefined
    ? toText(value) === toText(first)
    : meaning === meaningOf(attribute, first);
};

/**
 * Finds the attributes that an event gives in two spellings with two meanings: neither can be trusted. Looks only at
 * attributes that matter for the event. Equal values never contradict each other.
 */
export const findContradictions = (
  { values, paths, repeated }: SpelledEvent,
  eventPointer: string,
  matters: (name: Attribute) => boolean,
): Problem[] =>
  repeated
    .filter((one) => matters(one.attribute) && !agrees(one, values[one.attribute]))
    .map(({ attribute, path }) => {
      const pointer = `${eventPointer}${paths[attribute]}`;
      const detail = `${pointer} and ${eventPointer}${path} give ${attribute} different values`;
      return { pointer, code: "contradiction", detail };
    });

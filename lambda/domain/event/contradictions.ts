import * as v from "valibot";
import type { Problem } from "../problem.ts";
import { attributeSchemas } from "./event-schema.ts";
import type { Repeated, SpelledEvent } from "./spell-out.ts";
import type { Attribute } from "./spellings.ts";

const isKnown = (name: Attribute): name is keyof typeof attributeSchemas =>
  Object.hasOwn(attributeSchemas, name);

// What a value means, so that 53 and "EventRegistered" agree. Undefined: it means nothing.
const meaningOf = (name: Attribute, value: unknown): string | undefined => {
  if (!isKnown(name)) return JSON.stringify(value);
  const read = v.safeParse(attributeSchemas[name], value);
  return read.success ? JSON.stringify(read.output) : undefined;
};

const agrees = ({ attribute, value }: Repeated, first: unknown): boolean => {
  const meaning = meaningOf(attribute, value);
  return meaning !== undefined && meaning === meaningOf(attribute, first);
};

/** Finds the attributes that an event gives in two spellings with two meanings: neither can be trusted. */
export const findContradictions = (
  { values, paths, repeated }: SpelledEvent,
  eventPointer: string,
): Problem[] =>
  repeated
    .filter((one) => !agrees(one, values[one.attribute]))
    .map(({ attribute, path }) => {
      const pointer = `${eventPointer}${paths[attribute]}`;
      const detail = `${pointer} and ${eventPointer}${path} give ${attribute} different values`;
      return { pointer, code: "contradiction", detail };
    });

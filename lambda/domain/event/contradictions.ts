import * as v from "valibot";
import type { Problem } from "../problem.ts";
import { attributeSchemas } from "./event-schema.ts";
import type { Attribute, Spelled, SpelledEvent } from "./spellings.ts";

const isKnown = (name: Attribute): name is keyof typeof attributeSchemas =>
  Object.hasOwn(attributeSchemas, name);

// What a value means, so that 53 and "EventRegistered" agree. Undefined: it means nothing.
const meaningOf = (name: Attribute, { value }: Spelled): string | undefined => {
  if (!isKnown(name)) return JSON.stringify(value);
  const read = v.safeParse(attributeSchemas[name], value);
  return read.success ? JSON.stringify(read.output) : undefined;
};

const agree = (name: Attribute, spelled: readonly Spelled[]): boolean => {
  const meanings = new Set(spelled.map((one) => meaningOf(name, one)));
  return meanings.size === 1 && !meanings.has(undefined);
};

/** Finds the attributes that an event gives in two spellings with two meanings: neither can be trusted. */
export const findContradictions = (attributes: SpelledEvent["attributes"]): Problem[] =>
  [...attributes]
    .filter(([name, spelled]) => spelled.length > 1 && !agree(name, spelled))
    .map(([name, spelled]) => ({
      pointer: spelled[0].pointer,
      code: "contradiction",
      detail: `${spelled.map(({ pointer }) => pointer).join(" and ")} give ${name} different values`,
    }));

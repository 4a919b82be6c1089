import * as v from "valibot";
import type { Problem } from "../problem.ts";
import { locate, toProblem } from "./attribute-problem.ts";
import { type CompletedEvent, completeEvent, type Reading } from "./complete-event.ts";
import { findContradictions } from "./contradictions.ts";
import {
  attributeSchemas,
  EventRegisteredSchema,
  EventUnregisteredSchema,
  type KnownEvent,
} from "./event-schema.ts";
import { type SpelledEvent, spellOut } from "./spellings.ts";

/** What became of one event of a request. */
export type ReadEvent = CompletedEvent | { kind: "ignored" };

const knownSchemas = new Map<string, v.GenericSchema<unknown, KnownEvent>>([
  ["EventRegistered", EventRegisteredSchema],
  ["EventUnregistered", EventUnregisteredSchema],
]);

const reject = (...problems: Problem[]): ReadEvent => ({ kind: "rejected", problems });

const readName = ({ attributes }: SpelledEvent, pointer: string): string | Problem => {
  const given = attributes.get("Event")?.[0];
  const at = locate(attributes, "Event", pointer);
  if (given === undefined) return { pointer: at, code: "missing", detail: "Event is mandatory" };
  const name = v.safeParse(attributeSchemas.Event, given.value);
  if (name.success) return name.output;
  return { pointer: at, code: "unknown-event", detail: `Event ${name.issues[0].message}` };
};

const check = (
  spelled: SpelledEvent,
  schema: v.GenericSchema<unknown, KnownEvent>,
  name: string,
  pointer: string,
): KnownEvent | Problem[] => {
  const values = [...spelled.attributes].map(([key, [first]]) => [key, first?.value] as const);
  const input = { ...Object.fromEntries(values), Event: name };
  const read = v.safeParse(schema, input, { abortPipeEarly: true });
  if (read.success) return read.output;
  return read.issues.map((issue) => toProblem(issue, spelled, pointer, name));
};

/** Reads one event of a request: spelling, event name, attributes, server name, clock, agent. `pointer` is where it stands in the body. */
export const readEvent = (value: unknown, pointer: string, reading: Reading): ReadEvent => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return reject({ pointer, code: "wrong-type", detail: "an event must be a JSON object" });
  }
  const spelled = spellOut(value, pointer);
  const name = readName(spelled, pointer);
  if (typeof name === "object") return reject(name);
  const contradictions = findContradictions(spelled.attributes);
  if (contradictions.length > 0) return reject(...contradictions);
  const schema = knownSchemas.get(name);
  if (schema === undefined) return { kind: "ignored" };
  const known = check(spelled, schema, name, pointer);
  return Array.isArray(known) ? reject(...known) : completeEvent(known, spelled, pointer, reading);
};

import * as v from "valibot";
import type { Problem } from "../problem.ts";
import { pathOf, toProblem } from "./attribute-problem.ts";
import { type CompletedEvent, completeEvent, type Reading } from "./complete-event.ts";
import { findContradictions } from "./contradictions.ts";
import {
  attributeSchemas,
  EventRegisteredSchema,
  EventUnregisteredSchema,
  type KnownEvent,
} from "./event-schema.ts";
import { type SpelledEvent, spellOut } from "./spell-out.ts";
import type { Attribute } from "./spellings.ts";

/** What became of one event of a request. */
export type ReadEvent = CompletedEvent | { kind: "ignored" };

type KnownSchema = typeof EventRegisteredSchema | typeof EventUnregisteredSchema;

const knownSchemas = new Map<string, KnownSchema>([
  ["EventRegistered", EventRegisteredSchema],
  ["EventUnregistered", EventUnregisteredSchema],
]);

// The parts of a time are attributes of every event that has a time.
const hasAttribute = (schema: KnownSchema | undefined, name: Attribute): boolean =>
  schema !== undefined && (name.startsWith("Timein") || Object.hasOwn(schema.entries, name));

const reject = (...problems: Problem[]): ReadEvent => ({ kind: "rejected", problems });

const readName = ({ values, paths }: SpelledEvent, pointer: string): string | Problem => {
  const at = pointer + pathOf(paths, "Event");
  if (values.Event === undefined) {
    return { pointer: at, code: "missing", detail: "Event is mandatory" };
  }
  const name = v.safeParse(attributeSchemas.Event, values.Event);
  if (name.success) return name.output;
  return { pointer: at, code: "unknown-event", detail: `Event ${name.issues[0].message}` };
};

const check = (
  spelled: SpelledEvent,
  schema: KnownSchema,
  name: string,
  pointer: string,
): KnownEvent | Problem[] => {
  const read = v.safeParse(schema, spelled.values, { abortPipeEarly: true });
  if (read.success) return read.output;
  return read.issues.map((issue) => toProblem(issue, spelled, pointer, name));
};

/** Reads one event of a request: spelling, event name, attributes, server name, clock, agent. `pointer` is where it stands in the body. */
export const readEvent = (value: unknown, pointer: string, reading: Reading): ReadEvent => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return reject({ pointer, code: "wrong-type", detail: "an event must be a JSON object" });
  }
  const spelled = spellOut(value);
  const name = readName(spelled, pointer);
  if (typeof name === "object") return reject(name);
  const schema = knownSchemas.get(name);
  const contradictions = findContradictions(
    spelled,
    pointer,
    (attribute) => attribute === "Event" || hasAttribute(schema, attribute),
  );
  if (contradictions.length > 0) return reject(...contradictions);
  if (schema === undefined) return { kind: "ignored" };
  const known = check(spelled, schema, name, pointer);
  return Array.isArray(known) ? reject(...known) : completeEvent(known, spelled, pointer, reading);
};

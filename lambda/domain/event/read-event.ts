import * as v from "valibot";
import { isJsonObject } from "../large-integer.ts";
import type { Problem } from "../problem.ts";
import { pathOf, toProblem } from "./attribute-problem.ts";
import { type CompletedEvent, completeEvent } from "./complete-event.ts";
import {
  type CompletedServerEvent,
  completeError,
  completeServerEvent,
} from "./complete-server-event.ts";
import { findContradictions } from "./contradictions.ts";
import type { ReadingContext } from "./event-origin.ts";
import {
  type Attribute,
  attributes,
  EventRegisteredSchema,
  EventUnregisteredSchema,
} from "./event-schema.ts";
import {
  EventErrorSchema,
  EventUnregisteredAllSchema,
  ServerEventSchema,
} from "./server-event-schema.ts";
import { type SpelledEvent, spellOut } from "./spell-out.ts";

/** What became of one event of a request. */
export type ReadEvent = CompletedEvent | CompletedServerEvent | { kind: "ignored" };

const knownSchemas = [
  EventRegisteredSchema,
  EventUnregisteredSchema,
  EventUnregisteredAllSchema,
  ServerEventSchema,
  EventErrorSchema,
] as const;
type KnownSchema = (typeof knownSchemas)[number];
type Known = v.InferOutput<KnownSchema>;

const findSchema = (name: string): KnownSchema | undefined =>
  knownSchemas.find(({ entries }) => v.is(entries.Event, name));

// The parts of a time are attributes of every event that has a time.
const hasAttribute = (schema: KnownSchema | undefined, name: Attribute): boolean =>
  schema !== undefined && (name.startsWith("Timein") || Object.hasOwn(schema.entries, name));

const reject = (...problems: Problem[]): ReadEvent => ({ kind: "rejected", problems });

const readName = ({ values, paths }: SpelledEvent, pointer: string): string | Problem => {
  const at = pointer + pathOf(paths, "Event");
  if (values.Event === undefined) {
    return { pointer: at, code: "missing", detail: "Event is mandatory" };
  }
  const name = v.safeParse(attributes.Event.schema, values.Event);
  if (name.success) return name.output;
  return { pointer: at, code: "unknown-event", detail: `Event ${name.issues[0].message}` };
};

const complete = (
  known: Known,
  spelled: SpelledEvent & { at: string },
  context: ReadingContext,
): ReadEvent => {
  switch (known.Event) {
    case "EventRegistered":
    case "EventUnregistered":
      return completeEvent(known, spelled, context);
    case "EventError":
      return completeError(known, spelled, context);
    case "EventServerConnected":
    case "EventServerDisconnected":
    case "EventLinkConnected":
    case "EventLinkDisconnected":
    case "EventUnregisteredAll":
      return completeServerEvent(known, spelled, context);
  }
};

// Most errors answer requests other than a registration, and then they name no DN.
const isOfUse = (name: string, { values }: SpelledEvent): boolean =>
  name !== "EventError" || values.ThisDN !== undefined;

/** Reads one event of a request: spelling, event name, attributes, server name, clock, agent. `pointer` is where it stands in the body. */
export const readEvent = (value: unknown, pointer: string, context: ReadingContext): ReadEvent => {
  if (!isJsonObject(value)) {
    return reject({ pointer, code: "wrong-type", detail: "an event must be a JSON object" });
  }
  const spelled = spellOut(value);
  const name = readName(spelled, pointer);
  if (typeof name === "object") return reject(name);
  const schema = isOfUse(name, spelled) ? findSchema(name) : undefined;
  const contradictions = findContradictions(
    spelled,
    pointer,
    (attribute) => attribute === "Event" || hasAttribute(schema, attribute),
  );
  if (contradictions.length > 0) return reject(...contradictions);
  if (schema === undefined) return { kind: "ignored" };
  const read = v.safeParse(schema, spelled.values, { abortPipeEarly: true });
  if (read.success) return complete(read.output, { ...spelled, at: pointer }, context);
  return reject(...read.issues.map((issue) => toProblem(issue, spelled, pointer, name)));
};

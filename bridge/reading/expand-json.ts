import { isEnvelope } from "../../lambda/domain/request/body.ts";
import { parseExactly } from "../../lambda/domain/request/parse-json.ts";
import type { EventForm, SourceEvent, SourceItem } from "../source-event.ts";
import { expandEnvelope, type Members } from "./expand-envelope.ts";
import { createValueFinder } from "./json-values.ts";

type Json = { readonly value: unknown } | { readonly why: string };

/** A piece of JSON text and where it was found. */
export type FoundText = {
  readonly text: string;
  readonly where: string;
};

const parse = (text: string): Json => {
  try {
    return { value: parseExactly(text) };
  } catch (error) {
    // Node's message repeats a piece of the input: the place in the file says enough.
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    return { why: position === undefined ? "not JSON" : `not JSON from character ${position} on` };
  }
};

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const formOf = (value: unknown): EventForm =>
  isObject(value) && typeof value["specversion"] === "string" ? "cloudevents" : "json";

const toEvent = (value: unknown, { text, where }: FoundText): SourceEvent => ({
  text: text.trim(),
  where,
  form: formOf(value),
});

const expandArray = (values: readonly unknown[], { text, where }: FoundText): SourceEvent[] => {
  // The elements as they were written: numbers beyond JavaScript's, keys that come twice.
  const texts = createValueFinder().push(text);
  return values.map((value, index) =>
    toEvent(value, {
      text: texts[index]?.text ?? JSON.stringify(value),
      where: `${where}[${index}]`,
    }),
  );
};

/** The events of an envelope that says them, or of one that says nothing of them: a heartbeat may leave them away. */
const expandMembers = (members: Members, where: string): SourceEvent[] | undefined => {
  const { events = [] } = members;
  if (!isEnvelope(members) || !Array.isArray(events)) return undefined;
  const found = events.map((value: unknown) => ({
    text: JSON.stringify(value),
    form: formOf(value),
  }));
  return expandEnvelope(members, found, where);
};

/** The events of one JSON text: an event, an array of events, or an envelope with what it says of itself. */
export const expandJson = (found: FoundText): SourceItem[] => {
  const json = parse(found.text);
  if ("why" in json) return [{ kind: "unreadable", unreadable: { ...found, why: json.why } }];
  const { value } = json;
  const expanded = isObject(value) ? expandMembers(value, found.where) : undefined;
  const events =
    expanded ?? (Array.isArray(value) ? expandArray(value, found) : [toEvent(value, found)]);
  return events.map((event) => ({ kind: "event", event }));
};

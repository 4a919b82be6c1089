import type { SourceEvent, SourceItem } from "../source-event.ts";
import { createValueFinder } from "./json-values.ts";

type Json = { readonly value: unknown } | { readonly why: string };

/** A piece of JSON text and where it was found. */
export interface FoundText {
  readonly text: string;
  readonly where: string;
}

const parse = (text: string): Json => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // Node's message repeats a piece of the input: the place in the file says enough.
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    return { why: position === undefined ? "not JSON" : `not JSON from character ${position} on` };
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCloudEvent = (value: unknown): boolean =>
  isObject(value) && typeof value["specversion"] === "string";

const toEvent = (value: unknown, { text, where }: FoundText): SourceEvent => ({
  text: text.trim(),
  where,
  form: isCloudEvent(value) ? "cloudevents" : "json",
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

const expandEnvelope = (
  events: readonly unknown[],
  serverName: unknown,
  where: string,
): SourceEvent[] =>
  events.map((value, index) => ({
    ...toEvent(value, { text: JSON.stringify(value), where: `${where}[${index}]` }),
    ...(typeof serverName === "string" && { serverName }),
  }));

/** The events of one JSON text: an event, an array of events, or an envelope with its server name. */
export const expandJson = (found: FoundText): SourceItem[] => {
  const json = parse(found.text);
  if ("why" in json) return [{ kind: "unreadable", unreadable: { ...found, why: json.why } }];
  const { value } = json;
  const isEnvelope = isObject(value) && Array.isArray(value["events"]);
  const events = Array.isArray(value)
    ? expandArray(value, found)
    : isEnvelope && Array.isArray(value["events"])
      ? expandEnvelope(value["events"], value["serverName"], found.where)
      : [toEvent(value, found)];
  return events.map((event) => ({ kind: "event", event }));
};

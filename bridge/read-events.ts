import type { SourceContent, SourceEvent, Unreadable } from "./source-event.ts";

type Json = { readonly value: unknown } | { readonly why: string };

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

interface Found {
  readonly value: unknown;
  readonly text: string;
  readonly where: string;
}

/** The events of one JSON value: an event, an array of events, or an envelope with its server name. */
const expand = ({ value, text, where }: Found): SourceEvent[] => {
  if (Array.isArray(value))
    return value.map((event, index) => ({
      text: JSON.stringify(event),
      where: `${where}[${index}]`,
    }));
  if (!isObject(value) || !Array.isArray(value["events"])) return [{ text: text.trim(), where }];
  const events = expand({ value: value["events"], text: "", where });
  const serverName = value["serverName"];
  return typeof serverName === "string" ? events.map((each) => ({ ...each, serverName })) : events;
};

const readLines = (name: string, text: string): SourceContent => {
  const events: SourceEvent[] = [];
  const unreadable: Unreadable[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const where = `${name}:${index + 1}`;
    const json = parse(line);
    if ("why" in json) unreadable.push({ where, why: json.why });
    else events.push(...expand({ value: json.value, text: line, where }));
  }
  return { events, unreadable };
};

/**
 * The events in a text, in its order: NDJSON (each line an event, an array or an envelope), or one JSON value over any
 * number of lines. A line that is not JSON is named and does not spoil the others.
 */
export const readEvents = (name: string, input: string): SourceContent => {
  // Editors on Windows begin a file with a byte order mark, which is not JSON.
  const text = input.replace(/^\uFEFF/, "");
  if (text.trim() === "") return { events: [], unreadable: [] };
  const whole = parse(text);
  if ("value" in whole) {
    const where = /\n./.test(text.trim()) || Array.isArray(whole.value) ? name : `${name}:1`;
    return { events: expand({ value: whole.value, text, where }), unreadable: [] };
  }
  const lines = readLines(name, text);
  if (lines.events.length > 0) return lines;
  return { events: [], unreadable: [{ where: name, why: whole.why }] };
};

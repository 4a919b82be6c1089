import type { GivenServerName } from "../event/server-name.ts";
import { type Entry, limits, refuseEntry, toEntry } from "./entry.ts";

/** The events of one request, or why there are none. */
export type Body =
  | { kind: "entries"; entries: Entry[]; serverName?: GivenServerName | undefined }
  | { kind: "not-json" | "not-an-envelope"; detail: string }
  | { kind: "too-many"; detail: string };

const envelopeMembers = new Set(["serverName", "session", "registered", "closing", "events"]);
const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const isEnvelope = (value: object): boolean =>
  "events" in value ||
  (Object.keys(value).length > 0 && Object.keys(value).every((name) => envelopeMembers.has(name)));

const openEvents = (events: unknown[], pointer: string, serverName?: GivenServerName): Body => {
  if (events.length > limits.events) {
    return {
      kind: "too-many",
      detail: `a request may have at most ${limits.events} events: split it`,
    };
  }
  const entries = events.map((event, index) => toEntry(`${pointer}/${index}`, event));
  return { kind: "entries", entries, serverName };
};

const openEnvelope = (envelope: object): Body => {
  const events = "events" in envelope ? envelope.events : [];
  if (!Array.isArray(events)) {
    return { kind: "not-an-envelope", detail: "/events must be an array of events" };
  }
  const value = "serverName" in envelope ? envelope.serverName : null;
  const isAbsent = value === null || value === "";
  return openEvents(events, "/events", isAbsent ? undefined : { pointer: "/serverName", value });
};

/** Opens a JSON body: one event, an array of events, or an envelope. No event at all is a heartbeat. */
export const openJson = (text: string): Body => {
  const parsed = parse(text);
  if (parsed === undefined) return { kind: "not-json", detail: "the body is not valid JSON" };
  const { value } = parsed;
  if (Array.isArray(value)) return openEvents(value, "");
  if (typeof value === "object" && value !== null && isEnvelope(value)) return openEnvelope(value);
  return { kind: "entries", entries: [toEntry("", value, text)] };
};

const openLine = (line: string, number: number): Entry => {
  const parsed = parse(line);
  return parsed === undefined
    ? refuseEntry(`/${number}`, line, "not-json", "the line is not valid JSON")
    : toEntry(`/${number}`, parsed.value, line);
};

/** Opens NDJSON: one event a line. A line that is no JSON is refused alone; an empty one is passed over. */
export const openNdjson = (text: string): Body => {
  const lines = [...text.split("\n").entries()].filter(([, line]) => line.trim() !== "");
  if (lines.length > limits.events) {
    return {
      kind: "too-many",
      detail: `a request may have at most ${limits.events} lines: split it`,
    };
  }
  return { kind: "entries", entries: lines.map(([number, line]) => openLine(line, number)) };
};

/** How the text of each media type is opened: the one place where another form goes. */
export const openers: ReadonlyMap<string, (text: string) => Body> = new Map([
  ["application/json", openJson],
  ["application/x-ndjson", openNdjson],
]);

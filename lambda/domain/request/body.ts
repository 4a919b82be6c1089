import { attributes } from "../event/event-schema.ts";
import { isJsonObject } from "../large-integer.ts";
import { openCloudEvent } from "./cloud-events.ts";
import { type Entry, limits, refuseEntry, toEntry } from "./entry.ts";
import { type Envelope, readEnvelope, serverNameOf } from "./envelope.ts";
import { parseJson } from "./parse-json.ts";

/** The events of one request and what came around them, or why the body cannot be read. */
export type Body =
  | { kind: "entries"; entries: Entry[]; envelope: Envelope }
  | { kind: "not-json" | "not-an-envelope" | "too-many"; detail: string };

const notJson: Body = { kind: "not-json", detail: "the body is not valid JSON" };
const envelopeMembers = new Set(["serverName", "session", "registered", "closing", "events"]);
const isEnvelopeMember = (name: string): boolean => envelopeMembers.has(name);

/** Whether a JSON object is an envelope. An event may have a member `events`, too: an object that names an Event is an event. */
export const isEnvelope = (value: object): boolean => {
  const names = Object.keys(value);
  if (attributes.Event.spellings.some((name) => names.includes(name))) return false;
  return names.includes("events") || (names.length > 0 && names.every(isEnvelopeMember));
};

// The events are counted before any of them is opened.
const openEach = <Item>(
  items: readonly Item[],
  open: (item: Item, index: number) => Entry,
  envelope: Envelope = {},
): Body =>
  items.length > limits.events
    ? { kind: "too-many", detail: `a request may have at most ${limits.events} events: split it` }
    : { kind: "entries", entries: items.map(open), envelope };

const noEnvelope = (detail: string): Body => ({ kind: "not-an-envelope", detail });

const openEnvelope = (members: object, now: number): Body => {
  const events = "events" in members ? members.events : [];
  if (!Array.isArray(events)) return noEnvelope("/events must be an array of events");
  const envelope = readEnvelope(members, now);
  if (typeof envelope === "string") return noEnvelope(envelope);
  const { serverName } = envelope;
  // Events without a valid name are rejected one by one; a heartbeat would be lost silently.
  if (events.length === 0 && serverName !== undefined && serverNameOf(envelope) === undefined) {
    return noEnvelope("/serverName must be a name of 1 to 128 characters");
  }
  const open = (event: unknown, index: number): Entry => ({
    ...toEntry(`/events/${index}`, event),
    serverName,
  });
  return openEach(events, open, envelope);
};

/** Opens a JSON body: one event, an array of events, or an envelope. No event at all is a heartbeat. */
const openJson = (text: string, now: number): Body => {
  const parsed = parseJson(text);
  if (parsed === undefined) return notJson;
  const { value } = parsed;
  if (Array.isArray(value)) return openEach(value, (event, index) => toEntry(`/${index}`, event));
  if (isJsonObject(value) && isEnvelope(value)) return openEnvelope(value, now);
  return openEach([value], (event) => toEntry("", event, text));
};

const openLine = ([number, line]: readonly [number, string]): Entry => {
  const parsed = parseJson(line);
  return parsed === undefined
    ? refuseEntry(`/${number}`, line, "not-json", "the line is not valid JSON")
    : toEntry(`/${number}`, parsed.value, line);
};

/** Opens NDJSON: one event a line. A line that is not JSON is refused alone; an empty line is ignored. */
const openNdjson = (text: string): Body =>
  openEach(
    [...text.split("\n").entries()].filter(([, line]) => line.trim() !== ""),
    openLine,
  );

/** Opens one CloudEvent in structured mode. */
const openStructured = (text: string): Body => {
  const parsed = parseJson(text);
  return parsed === undefined
    ? notJson
    : openEach([parsed.value], (one) => openCloudEvent("", one));
};

/** Opens an array of CloudEvents. */
const openBatch = (text: string): Body => {
  const parsed = parseJson(text);
  if (parsed === undefined) return notJson;
  return Array.isArray(parsed.value)
    ? openEach(parsed.value, (one, index) => openCloudEvent(`/${index}`, one))
    : noEnvelope("a batch of CloudEvents must be an array");
};

/** Opens the text of a body. `now` in microseconds: a session from the far future is refused. */
export type Open = (text: string, now: number) => Body;

/** How the text of each media type is opened. A new form of a body is added here. */
export const openers: ReadonlyMap<string, Open> = new Map<string, Open>([
  ["application/json", openJson],
  ["application/x-ndjson", openNdjson],
  ["application/cloudevents+json", openStructured],
  ["application/cloudevents-batch+json", openBatch],
]);

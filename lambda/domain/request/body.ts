import { spellings } from "../event/spellings.ts";
import { openCloudEvent } from "./cloud-events.ts";
import { type Entry, limits, refuseEntry, toEntry } from "./entry.ts";
import { parseJson } from "./parse-json.ts";

/** The events of one request, or why there are none. */
export type Body =
  | { kind: "entries"; entries: Entry[] }
  | { kind: "not-json" | "not-an-envelope" | "too-many"; detail: string };

const notJson: Body = { kind: "not-json", detail: "the body is not valid JSON" };
const envelopeMembers = new Set(["serverName", "session", "registered", "closing", "events"]);
const isEnvelopeMember = (name: string): boolean => envelopeMembers.has(name);

// An event may have a member `events` of its own: what names an Event is one.
const isEnvelope = (value: object): boolean => {
  const names = Object.keys(value);
  if (spellings.Event.some((name) => names.includes(name))) return false;
  return names.includes("events") || (names.length > 0 && names.every(isEnvelopeMember));
};

// The count is looked at before anything is done for each.
const openEach = <Item>(
  items: readonly Item[],
  open: (item: Item, index: number) => Entry,
): Body =>
  items.length > limits.events
    ? { kind: "too-many", detail: `a request may have at most ${limits.events} events: split it` }
    : { kind: "entries", entries: items.map(open) };

const openEnvelope = (envelope: object): Body => {
  const events = "events" in envelope ? envelope.events : [];
  if (!Array.isArray(events)) {
    return { kind: "not-an-envelope", detail: "/events must be an array of events" };
  }
  const value = "serverName" in envelope ? envelope.serverName : null;
  const isAbsent = value === null || value === "";
  const serverName = isAbsent ? undefined : { pointer: "/serverName", value };
  return openEach(events, (event, index) => ({
    ...toEntry(`/events/${index}`, event),
    serverName,
  }));
};

/** Opens a JSON body: one event, an array of events, or an envelope. No event at all is a heartbeat. */
const openJson = (text: string): Body => {
  const parsed = parseJson(text);
  if (parsed === undefined) return notJson;
  const { value } = parsed;
  if (Array.isArray(value)) return openEach(value, (event, index) => toEntry(`/${index}`, event));
  if (typeof value === "object" && value !== null && isEnvelope(value)) return openEnvelope(value);
  return openEach([value], (event) => toEntry("", event, text));
};

const openLine = ([number, line]: readonly [number, string]): Entry => {
  const parsed = parseJson(line);
  return parsed === undefined
    ? refuseEntry(`/${number}`, line, "not-json", "the line is not valid JSON")
    : toEntry(`/${number}`, parsed.value, line);
};

/** Opens NDJSON: one event a line. A line that is no JSON is refused alone; an empty one is passed over. */
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
    : { kind: "not-an-envelope", detail: "a batch of CloudEvents must be an array" };
};

/** How the text of each media type is opened: the one place where another form goes. */
export const openers: ReadonlyMap<string, (text: string) => Body> = new Map([
  ["application/json", openJson],
  ["application/x-ndjson", openNdjson],
  ["application/cloudevents+json", openStructured],
  ["application/cloudevents-batch+json", openBatch],
]);

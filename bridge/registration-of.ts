import { type ReadEvent, readEvent } from "../lambda/domain/event/read-event.ts";
import type { RegistrationEvent } from "../lambda/domain/event/registration-event.ts";
import { openCloudEvent } from "../lambda/domain/request/cloud-events.ts";
import { type Entry, toEntry } from "../lambda/domain/request/entry.ts";
import { parseJson } from "../lambda/domain/request/parse-json.ts";
import type { LoggedEvent } from "./losses.ts";
import type { SourceEvent } from "./source-event.ts";

// It makes the event's id, which nobody asks for here.
const hash = (): string => "";
// No name has a control character.
const ofTheKey = "\u0000";

const open = ({ text, form, serverName }: SourceEvent): Entry => {
  const value = parseJson(text)?.value;
  if (form === "cloudevents") return openCloudEvent("", value);
  const given = serverName === undefined ? undefined : { pointer: "", value: serverName };
  return { ...toEntry("", value, text), serverName: given };
};

const read = (event: SourceEvent, keyServerName: string): ReadEvent => {
  const entry = open(event);
  if (entry.kind === "refused") return { kind: "rejected", problems: [entry.problem] };
  return readEvent(entry.value, "", {
    application: "",
    keyServerName,
    requestServerName: entry.serverName,
    now: Date.now() * 1000,
    hash,
  });
};

/** What is wrong with an event of which the adapter would take nothing; undefined where it would take or ignore it. */
export const problemOf = (event: SourceEvent): string | undefined => {
  const found = read(event, "?");
  if (found.kind !== "rejected") return undefined;
  return found.problems.map(({ detail }) => detail).join("; ");
};

/**
 * What an event says, read by the adapter's own rules in any of its spellings. Undefined for what is no registration or
 * unregistration that the adapter takes. Its id and application are not the adapter's.
 */
export const registrationOf = (event: SourceEvent): RegistrationEvent | undefined => {
  const found = read(event, "?");
  return found.kind === "event" ? found.event : undefined;
};

/** What an event says of one DN, or of all DNs (EventUnregisteredAll), read as `registrationOf` does. */
export const loggedEventOf = (event: SourceEvent): LoggedEvent | undefined => {
  const found = read(event, "?");
  if (found.kind === "event") return found.event;
  if (found.kind !== "connection") return undefined;
  const { event: name, ...said } = found.event;
  return name === "EventUnregisteredAll" ? { ...said, event: name } : undefined;
};

/**
 * The name of the T-Server that an event is about, by the adapter's own rules; "" where only the key has it. Undefined
 * where the adapter makes nothing of the event.
 */
export const serverOf = (event: SourceEvent): string | undefined => {
  const found = read(event, ofTheKey);
  if (!("event" in found)) return undefined;
  return found.event.server === ofTheKey ? "" : found.event.server;
};

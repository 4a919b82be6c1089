import { type ReadEvent, readEvent } from "../lambda/domain/event/read-event.ts";
import type { RegistrationEvent } from "../lambda/domain/event/registration-event.ts";
import type { SourceEvent } from "./source-event.ts";

// It makes the event's id, which nobody asks for here.
const hash = (): string => "";
// No name has a control character.
const ofTheKey = "\u0000";

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const openCloudEvent = (value: unknown): { event: unknown; serverName?: string } => {
  const cloudEvent: object = value instanceof Object ? value : {};
  const source = "source" in cloudEvent ? cloudEvent.source : undefined;
  const event = "data" in cloudEvent ? cloudEvent.data : undefined;
  try {
    return { event, ...(typeof source === "string" && { serverName: decodeURIComponent(source) }) };
  } catch {
    return { event };
  }
};

const read = ({ text, form, serverName }: SourceEvent, keyServerName: string): ReadEvent => {
  const value = parse(text);
  const opened =
    form === "cloudevents" ? openCloudEvent(value) : { event: value, serverName: undefined };
  const name = opened.serverName ?? serverName;
  return readEvent(opened.event, "", {
    application: "",
    keyServerName,
    requestServerName: name === undefined ? undefined : { pointer: "", value: name },
    now: Date.now() * 1000,
    hash,
  });
};

/**
 * What an event says, read by the adapter's own rules in any of its spellings. Undefined for what is no registration or
 * unregistration that the adapter takes. Its id and application are not the adapter's.
 */
export const registrationOf = (event: SourceEvent): RegistrationEvent | undefined => {
  const found = read(event, "?");
  return found.kind === "event" ? found.event : undefined;
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

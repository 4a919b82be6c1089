import { createHash } from "node:crypto";
import { readEvent } from "../lambda/domain/event/read-event.ts";
import type { RegistrationEvent } from "../lambda/domain/event/registration-event.ts";
import type { SourceEvent } from "./source-event.ts";

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url");

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

/**
 * What an event says, read by the adapter's own rules in any of its spellings. Undefined for what is no registration or
 * unregistration that the adapter takes. Its id and application are not the adapter's.
 */
export const registrationOf = ({
  text,
  form,
  serverName,
}: SourceEvent): RegistrationEvent | undefined => {
  const value = parse(text);
  const opened =
    form === "cloudevents" ? openCloudEvent(value) : { event: value, serverName: undefined };
  const read = readEvent(opened.event, "", {
    application: "",
    keyServerName: "?",
    requestServerName: { pointer: "", value: opened.serverName ?? serverName ?? "?" },
    now: Date.now() * 1000,
    hash,
  });
  return read.kind === "event" ? read.event : undefined;
};

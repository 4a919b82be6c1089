import * as v from "valibot";
import { eventSpellings } from "../lambda/domain/event/t-library.ts";
import { readData } from "../lambda/domain/request/cloud-event-data.ts";
import { serverNameOfSource } from "../lambda/domain/request/cloud-event-source.ts";
import { parseJson } from "../lambda/domain/request/parse-json.ts";

const AnyObject = v.record(v.string(), v.unknown());
const CloudEvent = v.object({
  specversion: v.string(),
  source: v.string(),
  data: v.optional(v.unknown()),
  data_base64: v.optional(v.unknown()),
});

type Attributes = Readonly<Record<string, unknown>>;

/** What a person wants to know of an event; `?` for what cannot be read. */
export type EventFacts = {
  readonly server: string;
  readonly thisDN: string;
  readonly event: string;
  readonly time: string;
};

const first = (attributes: Attributes, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = attributes[name];
    if ((typeof value === "string" && value !== "") || typeof value === "number")
      return String(value);
  }
  return undefined;
};

const eventName = (attributes: Attributes): string => {
  const name = first(attributes, ["Event", "messageName", "AttributeEventName"]) ?? "?";
  return eventSpellings.get(name) ?? name;
};

const isoMicros = (seconds: number, micros: number): string => {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "?";
  return date.toISOString().replace(/\.\d+Z$/, `.${String(micros).padStart(6, "0")}Z`);
};

const eventTime = (attributes: Attributes): string => {
  const time = attributes["time"] ?? attributes["AttributeTime"];
  if (typeof time === "string") return time;
  const parts = v.safeParse(v.object({ sec: v.number(), usec: v.optional(v.number(), 0) }), time);
  if (parts.success) return isoMicros(parts.output.sec, parts.output.usec);
  const seconds = first(attributes, ["TimeinSecs", "timeinSecs", "AttributeTimeinSecs"]);
  const micros = first(attributes, ["TimeinuSecs", "timeinuSecs", "AttributeTimeinuSecs"]) ?? "0";
  return seconds === undefined ? "?" : isoMicros(Number(seconds), Number(micros));
};

const serverName = (attributes: Attributes): string | undefined => {
  const server = first(attributes, ["ServerName", "serverName", "AttributeServerName"]);
  if (server !== undefined) return server;
  const handle = first(attributes, ["Server", "server", "AttributeServer"]);
  return handle !== undefined && /^\d+$/.test(handle) ? undefined : handle;
};

const attributesOf = (value: unknown): Attributes => {
  const read = v.safeParse(AnyObject, value);
  return read.success ? read.output : {};
};

/** The attributes of an event, and the server name that a CloudEvent round it gives. */
const open = (text: string): { attributes: Attributes; source?: string | undefined } => {
  const value = parseJson(text)?.value;
  const cloudEvent = v.safeParse(CloudEvent, value);
  if (!cloudEvent.success) return { attributes: attributesOf(value) };
  const { data, data_base64: inBase64, source } = cloudEvent.output;
  const found = readData(data, inBase64, "application/json");
  const event = "why" in found ? undefined : found.value;
  return { attributes: attributesOf(event), source: serverNameOfSource(source) };
};

/** Reads from an event what a person wants to know, with the server name that its envelope gives. */
export const factsOf = (text: string, envelopeServerName?: string): EventFacts => {
  const { attributes, source } = open(text);
  return {
    server: serverName(attributes) ?? source ?? envelopeServerName ?? "?",
    thisDN: first(attributes, ["ThisDN", "thisDN", "AttributeThisDN"]) ?? "?",
    event: eventName(attributes),
    time: eventTime(attributes),
  };
};

/** What a person wants to know of an event in one line: server, DN, kind and time. */
export const describeEvent = (text: string, envelopeServerName?: string): string => {
  const { server, thisDN, event, time } = factsOf(text, envelopeServerName);
  return `${server} ${thisDN} ${event} ${time}`;
};

import * as v from "valibot";

const AnyObject = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

type Attributes = Readonly<Record<string, unknown>>;

const first = (attributes: Attributes, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = attributes[name];
    if ((typeof value === "string" && value !== "") || typeof value === "number")
      return String(value);
  }
  return undefined;
};

const eventNumbers: Readonly<Record<string, string>> = {
  "53": "EventRegistered",
  "54": "EventUnregistered",
};

const eventName = (attributes: Attributes): string => {
  const name = first(attributes, ["Event", "messageName", "AttributeEventName"]) ?? "?";
  return eventNumbers[name] ?? name;
};

const isoMicros = (seconds: number, micros: number): string => {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "?";
  return date.toISOString().replace(/\.\d+Z$/, `.${String(micros).padStart(6, "0")}Z`);
};

const eventTime = (attributes: Attributes): string => {
  const { time } = attributes;
  if (typeof time === "string") return time;
  const parts = v.safeParse(v.object({ sec: v.number(), usec: v.optional(v.number(), 0) }), time);
  if (parts.success) return isoMicros(parts.output.sec, parts.output.usec);
  const seconds = first(attributes, ["TimeinSecs", "AttributeTimeinSecs"]);
  const micros = first(attributes, ["TimeinuSecs", "AttributeTimeinuSecs"]) ?? "0";
  return seconds === undefined ? "?" : isoMicros(Number(seconds), Number(micros));
};

const serverName = (attributes: Attributes): string | undefined => {
  const server = first(attributes, ["ServerName", "serverName", "AttributeServerName"]);
  if (server !== undefined) return server;
  const handle = first(attributes, ["Server", "server", "AttributeServer"]);
  return handle !== undefined && /^\d+$/.test(handle) ? undefined : handle;
};

/** What a person wants to know of an event: which server, DN, kind and time; `?` for what cannot be read. */
export const describeEvent = (text: string, envelopeServerName?: string): string => {
  const parsed = v.safeParse(AnyObject, text);
  const attributes = parsed.success ? parsed.output : {};
  const thisDN = first(attributes, ["ThisDN", "thisDN", "AttributeThisDN"]) ?? "?";
  const server = serverName(attributes) ?? envelopeServerName ?? "?";
  return `${server} ${thisDN} ${eventName(attributes)} ${eventTime(attributes)}`;
};

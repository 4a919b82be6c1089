import { limits } from "./entry.ts";
import { parseJson } from "./parse-json.ts";

// Eight bits a character and nothing else, as RFC 4648 writes it: atob alone takes spaces and a missing end.
const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const maxEncoded = Math.ceil(limits.eventBytes / 3) * 4;
const utf8 = new TextDecoder("utf-8", { fatal: true });

const decode = (text: string): string | undefined => {
  if (!base64.test(text)) return undefined;
  try {
    return utf8.decode(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)));
  } catch {
    return undefined;
  }
};

/** How many characters of a CloudEvent are `data_base64`, as far as an event that is not too long needs them. */
export const encodedLength = (value: unknown): number => {
  const { data_base64: text } = { data_base64: null, ...Object(value) };
  return typeof text === "string" ? Math.min(text.length, maxEncoded) : 0;
};

/** Where a CloudEvent has its event: the member's name, the event's text and its value. `why`: what is wrong with a member. */
export type CloudEventData = { readonly name: string } & (
  | { readonly text: string; readonly value: unknown }
  | { readonly why: string }
);

const readBase64 = (given: unknown): CloudEventData => {
  const name = "data_base64";
  const text = typeof given === "string" ? decode(given) : undefined;
  if (text === undefined) return { name, why: "must be base64 of UTF-8 text" };
  const parsed = parseJson(text);
  return parsed === undefined
    ? { name, why: "must hold JSON" }
    : { name, text, value: parsed.value };
};

/** Reads the event of a CloudEvent from its `data` or, where its content is said to be JSON, from its `data_base64`. */
export const readData = (
  data: unknown,
  inBase64: unknown,
  datacontenttype: string | undefined,
): CloudEventData => {
  if (inBase64 === undefined || inBase64 === null) {
    return data === undefined
      ? { name: "data", why: "is missing" }
      : { name: "data", text: JSON.stringify(data), value: data };
  }
  if (data !== undefined && data !== null)
    return { name: "data_base64", why: "must not stand beside data" };
  return datacontenttype === undefined
    ? { name: "datacontenttype", why: "is missing: with data_base64 it must be JSON" }
    : readBase64(inBase64);
};

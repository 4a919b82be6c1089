import type { LogValue } from "./log-attributes.ts";
import { toInteger } from "./log-line.ts";

/** A value as a log writes it. */
export type ReadLogValue = {
  readonly value: LogValue;
  /** What stands in parentheses behind it. */
  readonly remark?: string | undefined;
  /** A filter has put something else in its place. */
  readonly isMasked?: boolean;
  /** Its line ends before it does. */
  readonly isCut?: boolean;
};

// Kept as they are: digits may begin with a zero.
const texts = new Set([
  "AttributeThisDN",
  "AttributeAgentID",
  "AttributeCustomerID",
  "AttributeErrorMessage",
]);
const numbers = new Set(["AttributeTimeinSecs", "AttributeReferenceID", "AttributeErrorCode"]);

const masks = [
  /\*{3}/,
  /^(?:\*+|#+|[xX]{3,})$/,
  /^[<[({]\s*(?:output |value )?(?:suppressed|hidden|masked|redacted|removed|filtered|deleted|anonymi[sz]ed)\s*[>\])}]$/i,
];

/** Whether a log filter put this in the place of a value. */
const isMask = (text: string): boolean =>
  (text.includes("*") || /^[#xX<[({]/.test(text)) && masks.some((mask) => mask.test(text));

// The tags that a log filter puts round a value that it shows.
const untag = (text: string): string => text.replace(/^<#(.*)#>$/s, "$1");

const inQuotes = {
  "'": /^'(?<text>.*)'\s*(?:\((?<remark>.*)\))?\s*$/s,
  '"': /^"(?<text>.*)"[\s,;)}\]]*$/s,
};

/** Whether a value begins with a quotation mark that its line does not close. */
export const isQuoteOpen = (value: string): boolean => {
  const [quote = ""] = value;
  return (quote === "'" || quote === '"') && !inQuotes[quote].test(value);
};

const readQuoted = (value: string, quote: "'" | '"'): ReadLogValue => {
  const closed = inQuotes[quote].exec(value)?.groups;
  if (closed === undefined) return { value: value.slice(1), isCut: true };
  const text = closed["text"] ?? "";
  return { value: untag(text), isMasked: isMask(text), isCut: text.endsWith("…") };
};

// A number, or another word, and what stands in parentheses behind it.
const bare = /^([^\s([]*)(?:\s*[([](.*)[)\]])?/s;

const readBare = (name: string, value: string, isSdk: boolean): ReadLogValue => {
  const [, word = "", remark] = bare.exec(value) ?? [];
  // T-Server logs write this one number as 16 hexadecimal digits.
  if (!isSdk && name === "AttributeEventSequenceNumber" && /^[0-9a-f]{1,16}$/i.test(word))
    return { value: toInteger(BigInt(`0x${word}`).toString()) };
  const isCut = name === "AttributeTimeinSecs" && !/^\d{10}$/.test(word);
  if (/^-?\d{1,19}$/.test(word) && !texts.has(name))
    return { value: toInteger(word), remark, isCut };
  if (!texts.has(name)) return { value, isCut: isCut || numbers.has(name) || value.endsWith("…") };
  // What is left of `[str] = "…"` is no text.
  return { value: value.replace(/\s+\([^()]*\)$/, ""), isCut: /^\[|…$/.test(value) };
};

/** Reads the value of an attribute, or of an entry of a list (`name` is empty), as a T-Server or the Platform SDK writes it. */
export const readLogValue = (name: string, written: string, isSdk: boolean): ReadLogValue => {
  const value = written.trim();
  if (value === "null") return { value: "" };
  if (isMask(value)) return { value: "", isMasked: true };
  if (value.startsWith("'") || value.startsWith('"'))
    return readQuoted(value, value.startsWith("'") ? "'" : '"');
  return readBare(name, value, isSdk);
};

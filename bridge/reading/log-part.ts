import type { EventAttributes } from "./log-attributes.ts";
import { indentOf } from "./log-line.ts";
import { isQuoteOpen, type ReadLogValue, readLogValue } from "./log-values.ts";

const sdkEntry = /^\s*'(?<key>[^']*)'\s*(?:\[[^\]]*\]\s*)?=\s*(?<value>.*)$/s;
// 	AttributeThisDN	'2214'     AttributeThisDN [str] = "2214"
const attributeName = /^\s*(\w+)(\s*)/;
const sdkType = /^(?:\[[^\]]*\]\s*)?=\s*/;
const entry = /^\s*'(?<key>[^']*)'\s*(?<type>\(\w+\))?\s*(?<value>.*)$/s;
const remark = /^\s*\((.*)\)\s*$/s;
// `Time = ComplexClass(TimeStamp):` only heads the two attributes that follow.
const heading = /^(?:ComplexClass\(\w+\)|KVList):\s*$/;
const opening = /^\s*(?:message )?attributes:\s*$/;
const eventNames = new Set(["AttributeEvent", "AttributeEventName", "AttributeMessageType"]);
const loneEntries = /^(?:'[^']*'\s+(?:'[^']*'|-?\d+)(?:\s+|$)){2,}$/;

/** Takes note of what a line of a block says, and of what is wrong with it. */
export type BlockNotes = {
  readonly attributes: EventAttributes;
  /** A value that is not all there, or no value: of this attribute. */
  readonly cut: (name: string) => void;
  readonly masked: (name: string) => void;
  /** What the attributes themselves say of the event's name. */
  readonly named: (name: string) => void;
  readonly unknown: (text: string) => void;
};

const noteAttribute = (notes: BlockNotes, name: string, read: ReadLogValue): void => {
  if (eventNames.has(name)) {
    notes.named(String(read.value));
    return;
  }
  if (read.isCut === true) notes.cut(name);
  if (read.isMasked === true) notes.masked(name);
  if (read.isCut === true || read.isMasked === true) {
    notes.attributes.nameOnly(name);
    return;
  }
  notes.attributes.attribute(name, read.value);
  if (read.remark !== undefined && !readLogValue("", read.remark, false).isMasked)
    notes.attributes.remark(read.remark);
};

const noteInner = (notes: BlockNotes, text: string): void => {
  const { key, type, value = "" } = entry.exec(text)?.groups ?? {};
  if (key === undefined) return;
  if (type === "(list)") {
    notes.attributes.inner(key);
    noteInner(notes, value);
    return;
  }
  const read = readLogValue("", value, false);
  if (read.isMasked !== true) notes.attributes.inner(key, read.value);
};

const noteEntry = (notes: BlockNotes, text: string, isSdk: boolean): void => {
  const { key = "", type, value = "" } = (isSdk ? sdkEntry : entry).exec(text)?.groups ?? {};
  if (type === "(list)") {
    notes.attributes.list(indentOf(text), key);
    noteInner(notes, value);
    return;
  }
  const read = readLogValue("", value, isSdk);
  if (read.isMasked !== true) notes.attributes.entry(indentOf(text), key, read.value);
};

/** The entries that a line has behind the name of its list: `[64] 00 02.. 'first' 1 'second' 'two'`. */
const noteEntriesBehind = (notes: BlockNotes, value: string): void => {
  const behind = value.replace(/^\[\d+\][^']*/, "");
  if (behind === value || !loneEntries.test(behind)) return;
  for (const [, key = "", said = ""] of behind.matchAll(/'([^']*)'\s+('[^']*'|-?\d+)/g))
    notes.attributes.entry(1, key, readLogValue("", said, false).value);
};

/** An attribute's name and value. `hasValue`: there is something between them. */
const splitAttribute = (text: string) => {
  const [before, name, gap] = attributeName.exec(text) ?? [];
  if (before === undefined || name === undefined) return undefined;
  const rest = text.slice(before.length);
  const [type] = rest.startsWith("[") || rest.startsWith("=") ? (sdkType.exec(rest) ?? []) : [];
  if (type !== undefined)
    return { name, value: rest.slice(type.length), isSdk: true, hasValue: true };
  return gap === "" && rest !== ""
    ? undefined
    : { name, value: rest, isSdk: false, hasValue: gap !== "" };
};

/** Reads one line of a block of attributes. */
export const readPart = (text: string, notes: BlockNotes): void => {
  if (opening.test(text)) return;
  const [, remarked] = remark.exec(text) ?? [];
  if (remarked !== undefined) {
    notes.attributes.remark(remarked);
    return;
  }
  if (/^\s*'/.test(text)) {
    if (!/^\s*'[^']*'/.test(text)) notes.unknown(text);
    else noteEntry(notes, text, sdkEntry.test(text));
    return;
  }
  const said = splitAttribute(text);
  if (said === undefined) return;
  const { name, value, isSdk, hasValue } = said;
  if (isSdk && heading.test(value) && !name.startsWith("Attribute")) return;
  if (!hasValue) notes.cut(name);
  noteAttribute(notes, name, readLogValue(name, value, isSdk));
  if (!isSdk && value.includes("'")) noteEntriesBehind(notes, value);
};

/** The value that a line of a block ends with. */
const endingValueOf = (text: string): string => {
  if (/^\s*'/.test(text))
    return (sdkEntry.exec(text) ?? entry.exec(text))?.groups?.["value"]?.trimStart() ?? "";
  return splitAttribute(text)?.value.trimStart() ?? "";
};

const isClosed = (text: string): boolean => {
  const last = text.at(-1) ?? "";
  if (last === "'" || last === '"') return text.indexOf(last) < text.length - 1;
  return !(text.includes("'") || text.includes('"'));
};

/** Whether the text of a line goes on in the next one: its quotation mark is not closed. */
export const isGoingOn = (text: string): boolean =>
  !isClosed(text) && isQuoteOpen(endingValueOf(text));

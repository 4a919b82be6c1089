import { eventSpellings } from "../../lambda/domain/event/t-library.ts";
import { createAttributes, type EventAttributes } from "./log-attributes.ts";
import { textOfLine } from "./log-line.ts";
import { type BlockNotes, isGoingOn, readPart } from "./log-part.ts";
import type { Line } from "./split-lines.ts";

/** What a block of attributes says, and what of it was not understood. */
export type ReadBlock = {
  readonly attributes: EventAttributes;
  /** Why the event cannot be taken. */
  readonly refusal?: string | undefined;
  /** Why it may not be all that the event said. */
  readonly doubt?: string | undefined;
};

// What decides whether a DN was lost, and when.
const decisive = ["AttributeThisDN", "AttributeTimeinSecs"];
const telling = [...decisive, "AttributeReferenceID", "AttributeErrorCode"];
const short = (names: readonly string[]): string =>
  names.map((name) => name.replace(/^Attribute/, "")).join(", ");

const partStart = /^\s*(?:Attribute\w*|'[^']*'|\w+\s*\[\w+\]\s*=)/;

/** The lines, with texts that run over several of them put together. */
const joined = (lines: readonly Pick<Line, "bytes">[]): string[] => {
  const texts: string[] = [];
  let isOpen = false;
  for (const text of lines.map(textOfLine)) {
    const before = texts.at(-1);
    const isMore = isOpen && before !== undefined && !partStart.test(text);
    if (isMore) texts.splice(-1, 1, `${before}\n${text}`);
    else texts.push(text);
    isOpen = isGoingOn(texts.at(-1) ?? "");
  }
  return texts;
};

type Findings = {
  readonly cut: string[];
  readonly masked: string[];
  /** What the attributes say of the event's name. */
  readonly names: string[];
  readonly unknown: string[];
};

const refusalOf = (
  { cut, masked, names }: Findings,
  eventName: string,
  contradictions: readonly string[],
): string | undefined => {
  const other = names.find((name) => name !== eventName);
  if (other !== undefined) return `its header says ${eventName}, its attributes say ${other}`;
  if (contradictions.length > 0) return `it has two values of ${short(contradictions)}`;
  const hidden = masked.filter((name) => decisive.includes(name));
  if (hidden.length > 0) return `its ${short(hidden)} is masked`;
  const missing = cut.filter((name) => decisive.includes(name));
  return missing.length > 0 ? `its ${short(missing)} is cut off` : undefined;
};

const doubtOf = ({ cut, masked, unknown }: Findings): string | undefined => {
  const hidden = masked.filter((name) => telling.includes(name));
  if (hidden.length > 0) return `its ${short(hidden)} is masked`;
  if (cut.length > 0) return `its ${short(cut)} is cut off`;
  return unknown.length > 0 ? "a line of it is not understood" : undefined;
};

/** Reads the lines of the block of one event. `referenceID`: what its header says of that. */
export const readBlock = (
  eventName: string,
  lines: readonly Pick<Line, "bytes">[],
  referenceID = 0,
): ReadBlock => {
  const attributes = createAttributes(eventName);
  const found: Findings = { cut: [], masked: [], names: [], unknown: [] };
  const notes: BlockNotes = {
    attributes,
    cut: (name) => void found.cut.push(name),
    masked: (name) => void found.masked.push(name),
    named: (name) => void found.names.push(eventSpellings.get(name) ?? name),
    unknown: (text) => void found.unknown.push(text),
  };
  for (const text of joined(lines)) readPart(text, notes);
  if (referenceID > 0 && !attributes.has("AttributeReferenceID")) {
    attributes.attribute("AttributeReferenceID", referenceID);
    found.cut.push("AttributeReferenceID");
  }
  const refusal = refusalOf(found, eventName, attributes.contradictions());
  return { attributes, refusal, doubt: doubtOf(found) };
};

/** The names of the attributes in these lines, as often as they are there. */
export const attributeNames = (lines: readonly Pick<Line, "bytes">[]): string[] =>
  lines.flatMap((line) => /^\s*(Attribute[A-Z]\w*)/.exec(textOfLine(line))?.[1] ?? []);

import type { SourceItem } from "../source-event.ts";
import type { LineParser } from "./by-line.ts";
import { createAttributes, type EventAttributes, type LogValue } from "./log-attributes.ts";
import { indentOf, isUsable, isWanted, textOfLine, toInteger } from "./log-line.ts";

// Java: … Proxy got message 'EventRegistered' ('53')     .NET: … 'EventRegistered' (53) attributes:
const header = /'(?<name>(?:Event|Request)\w+)' \('?\d+'?\)(?: attributes:)?\s*$/;
const opening = /^\s*(?:message )?attributes:\s*$/;
const attribute = /^\s*(?<name>\w+)\s*(?:\[\w+\]\s*)?=\s*(?<value>.*)$/;
const entry = /^\s*'(?<key>[^']*)'\s*(?:\[\w+\]\s*)?=\s*(?<value>.*)$/;
// `Time = ComplexClass(TimeStamp):` only heads the two attributes that follow.
const heading = /^(?:ComplexClass\(\w+\)|KVList):\s*$/;

const readValue = (value: string): LogValue => {
  const trimmed = value.trim();
  if (trimmed.startsWith('"')) return trimmed.replace(/^"|"$/g, "");
  // An enumeration may carry its name behind its number: 8 [AddressType].
  const [, digits] = /^(-?\d{1,19})(?: [[(].*)?$/.exec(trimmed) ?? [];
  if (digits !== undefined) return toInteger(digits);
  return trimmed === "null" ? "" : trimmed;
};

/** Reads one line below the header; false where the event has ended before it. */
const readLine = (text: string, attributes: EventAttributes): boolean => {
  if (opening.test(text)) return true;
  const listed = entry.exec(text)?.groups;
  if (listed !== undefined) {
    const { key = "", value = "" } = listed;
    attributes.entry(indentOf(text), key, readValue(value));
    return true;
  }
  const { name, value = "" } = attribute.exec(text)?.groups ?? {};
  if (name === undefined) return false;
  const isHeading = heading.test(value) && !name.startsWith("Attribute");
  if (!isHeading) attributes.attribute(name, readValue(value));
  return true;
};

type Block = {
  readonly name: string;
  readonly where: string;
  readonly attributes: EventAttributes;
};

/** Reads the text that the Platform SDK (Java and .NET) writes of a message: a header, then `name [type] = value` lines. */
export const createPlatformSdkLogParser = (fileName: string): LineParser => {
  let block: Block | undefined;
  const take = (): SourceItem[] => {
    if (block === undefined) return [];
    const { name, where, attributes } = block;
    block = undefined;
    if (!isUsable(name, attributes.isTimed())) return [];
    return [{ kind: "event", event: { text: attributes.text(), where, form: "json" } }];
  };
  return {
    line: (line) => {
      const text = textOfLine(line);
      const name = header.exec(text)?.groups?.["name"];
      if (name === undefined && block !== undefined && readLine(text, block.attributes)) return [];
      const taken = take();
      if (name !== undefined && isWanted(name)) {
        block = { name, where: `${fileName}:${line.number}`, attributes: createAttributes(name) };
      }
      return taken;
    },
    end: take,
  };
};

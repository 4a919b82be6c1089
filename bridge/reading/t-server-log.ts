import type { SourceItem } from "../source-event.ts";
import type { LineParser } from "./by-line.ts";
import { createAttributes, type EventAttributes, type LogValue } from "./log-attributes.ts";
import {
  indentOf,
  isForAllClients,
  isUsable,
  isWanted,
  textOfLine,
  toInteger,
} from "./log-line.ts";

// @13:20:31.6650 [0] 8.1.101.25 send_to_client: message EventRegistered
const header = /(?:^|\s)message (?<name>(?:Event|Request)\w+)\s*$/;
// 13:20:31.665 Trc 04542 EventRegistered sent to [66] (00000e85 bridge-a 10.0.0.1:3425)
const sentTo =
  /\s(?<name>Event\w+) sent to \[?\w+\]? \((?:[0-9a-f]+ )?(?<client>.+?)(?: \S+:\d+)?\)/;
const attribute = /^\s+(?<name>\w+)(?:\s+(?<value>.*))?$/;
const entry = /^\s+'(?<key>[^']*)'\s+(?<value>.*)$/;

const readValue = (name: string, value: string): LogValue => {
  if (value.startsWith("'")) return value.trimEnd().replace(/^'|'$/g, "");
  const [word = ""] = value.trim().split(/\s/, 1);
  // T-Server logs write this one number as 16 hexadecimal digits.
  if (name === "AttributeEventSequenceNumber" && /^[0-9a-f]{1,16}$/i.test(word))
    return toInteger(BigInt(`0x${word}`).toString());
  return /^-?\d{1,19}$/.test(word) ? toInteger(word) : value.trim();
};

const readLine = (text: string, attributes: EventAttributes): void => {
  const listed = entry.exec(text)?.groups;
  if (listed !== undefined) {
    const { key = "", value = "" } = listed;
    attributes.entry(indentOf(text), key, readValue("", value));
    return;
  }
  const { name = "", value = "" } = attribute.exec(text)?.groups ?? {};
  if (name !== "") attributes.attribute(name, readValue(name, value));
};

type Block = {
  readonly name: string;
  readonly where: string;
  readonly attributes: EventAttributes;
  isOpen: boolean;
  readonly clients: string[];
};

const toItem = ({ name, attributes, where, clients }: Block): SourceItem => ({
  kind: "event",
  event: { text: attributes.text(), where, form: "json" },
  clients,
  ...(isForAllClients(name) && { isForAllClients: true }),
});

/**
 * Reads the log of a T-Server: a header line, indented attributes, then lines that name the clients to which the event
 * was sent. An event is complete when the next message begins.
 */
export const createTServerLogParser = (fileName: string): LineParser => {
  let block: Block | undefined;
  const take = (): SourceItem[] => {
    const taken =
      block !== undefined && isUsable(block.name, block.attributes.isTimed())
        ? [toItem(block)]
        : [];
    block = undefined;
    return taken;
  };
  const begin = (name: string, where: string): SourceItem[] => {
    const taken = take();
    block = { name, where, attributes: createAttributes(name), isOpen: true, clients: [] };
    return taken;
  };
  return {
    line: (line) => {
      const text = textOfLine(line);
      if (block?.isOpen && /^\s+\S/.test(text)) {
        if (isWanted(block.name)) readLine(text, block.attributes);
        return [];
      }
      if (block !== undefined) block.isOpen = false;
      const message = header.exec(text)?.groups?.["name"];
      if (message !== undefined) return begin(message, `${fileName}:${line.number}`);
      const { name, client } = sentTo.exec(text)?.groups ?? {};
      if (client !== undefined && name === block?.name) block?.clients.push(client);
      return [];
    },
    end: take,
  };
};

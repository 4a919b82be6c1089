import type { SourceItem } from "../source-event.ts";
import type { LineParser } from "./by-line.ts";
import { isAttributeAt, textStart } from "./line-shape.ts";
import { isWanted, textOfLine } from "./log-line.ts";
import { createLogMessages, type LogMessages } from "./log-messages.ts";
import { isGoingOn } from "./log-part.ts";
import { readTitle } from "./log-title.ts";
import type { OpenBlock } from "./open-block.ts";
import type { Line } from "./split-lines.ts";

/** Logs of one form that follow each other: a message that the end of one cuts goes on in the next. */
export type LogThread = {
  /** A parser of the next of the logs. */
  readonly next: (name: string) => LineParser;
  /** What is left over when no other log follows. */
  readonly end: () => readonly SourceItem[];
};

const timestamped = /^@?\[?(?:\d{4}-\d\d-\d\d[T ,])?\d\d:\d\d:\d\d/;
const sdkTitle = /^\s*'(?:Event|Request)\w*'\s*\(\s*'?\d/;
const listStart = /^\s*(?:message )?attributes:\s*$/;
// What may stand in a message beside attributes.
const entry = /^\s*'[^']*'(?:\s|\(\w+\)|$)/;
const remark = /^\s*\([^()]*\)\s*$/;
const sdkPart = /^\s*(?:'[^']*'|\w+)\s*(?:\[[^\]]*\]\s*)?=/;
// Shippers put something before each line.
const prefixed = /\s(?=Attribute[A-Z]\w*(?:\t|\s+'|\s*\[\w+\]\s*=))/;
// The number of a log among the files that it was cut into.
const segmentOf = /^File:\s+\((\d+)\)/;

const belongsTo = (block: OpenBlock, text: string): boolean => {
  if (entry.test(text) || remark.test(text)) return true;
  return block.isSdk ? sdkPart.test(text) : /^\s+[\w['(]/.test(text);
};

/** Whether a line goes on with a text that the line before did not close. */
const isMoreOf = (block: OpenBlock | undefined, text: string): boolean => {
  const last = block?.lines.at(-1);
  if (block === undefined || last === undefined || !isWanted(block.name)) return false;
  return (block.isQuoting || isGoingOn(textOfLine(last))) && !timestamped.test(text);
};

const [quote, carriageReturn] = [39, 13];

const createLineReader = (messages: LogMessages) => {
  let segment: number | undefined;
  let fileName = "";
  let lineNumber = 0;
  // Made for few of the lines only.
  const where = (): string => `${fileName}:${lineNumber}`;
  const other = (text: string): readonly SourceItem[] => {
    const number = text.startsWith("File:") ? segmentOf.exec(text)?.[1] : undefined;
    if (number === undefined) return messages.other();
    const isNext = segment === undefined || Number(number) === segment + 1;
    segment = Number(number);
    // It heads the file: what the last one was cut from goes on below it.
    return isNext ? messages.blank() : messages.breakOff();
  };
  const part = (line: Line): readonly SourceItem[] => messages.part(line, where);

  const readText = (line: Line, at: number): readonly SourceItem[] => {
    const { bytes } = line;
    const isCarried = bytes.at(-1) === carriageReturn;
    const text = bytes.toString("latin1", 0, bytes.length - (isCarried ? 1 : 0));
    const block = messages.openBlock();
    const isEntry = bytes[at] === quote && !sdkTitle.test(text);
    const title = isEntry ? undefined : readTitle(text);
    if (title !== undefined) return messages.title(title, where);
    if (text.includes("attributes:") && listStart.test(text)) return [];
    if (block !== undefined && belongsTo(block, text)) return part(line);
    if (isMoreOf(block, text) && block !== undefined) {
      block.isQuoting = !/['"]\s*$/.test(text);
      return part(line);
    }
    if (at > 0 && isEntry && entry.test(text) && messages.isGoingOn()) return part(line);
    const behind = text.includes("Attribute") ? text.search(prefixed) : -1;
    return behind === -1 ? other(text) : part({ ...line, bytes: bytes.subarray(behind + 1) });
  };

  return (name: string, line: Line): readonly SourceItem[] => {
    const { bytes } = line;
    fileName = name;
    lineNumber = line.number;
    const at = textStart(bytes);
    const block = messages.openBlock();
    if (at === -1) return block?.isQuoting === true ? [] : messages.blank();
    if (isAttributeAt(bytes, at)) {
      if (block !== undefined) block.isQuoting = false;
      return part(line);
    }
    // What an unwanted message has is not looked at.
    const isOfNoConcern = block !== undefined && block.name !== "" && !isWanted(block.name);
    if (
      isOfNoConcern &&
      at > 0 &&
      bytes[at] === quote &&
      bytes[at + 1] !== 69 &&
      bytes[at + 1] !== 82
    )
      return part(line);
    return readText(line, at);
  };
};

/** Makes a thread. `hasClients`: whether its logs name the clients to which an event was sent. */
export const createLogThread = (hasClients: boolean): LogThread => {
  const messages = createLogMessages(hasClients);
  const read = createLineReader(messages);
  return {
    next: (name) => ({
      line: (line) => read(name, line),
      end: () => messages.endOfFile(name),
    }),
    end: messages.end,
  };
};

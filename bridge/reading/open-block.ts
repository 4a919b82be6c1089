import { tellingAttributeAt, textStart } from "./line-shape.ts";
import { attributeNames } from "./log-block.ts";
import type { LogTitle } from "./log-title.ts";
import type { Line } from "./split-lines.ts";

// A message that is no concern of the adapter is only looked at to see where it ends.
const mostLines = 5_000;

/** A message of a log, as far as its lines have come. */
export type OpenBlock = {
  /** Empty where no header names it. */
  readonly name: string;
  readonly where: string;
  readonly referenceID?: number | undefined;
  /** Only its first lines, where it is about something else and very long. */
  readonly lines: Pick<Line, "bytes">[];
  /** Whether its header is the Platform SDK's. */
  readonly isSdk: boolean;
  readonly clients: string[];
  /** A line behind it says that it was made or sent: it is all there. */
  isEnded: boolean;
  /** What an event has once comes again: between its lines, the header of another message is missing. */
  isDoubled: boolean;
  /** What it has of that, as bits. */
  telling: number;
  /** Within a text that runs over several lines. */
  isQuoting: boolean;
  /** The file that ended within it. */
  cutBy?: string | undefined;
  /** Whether its last line was the last one of that file. */
  isAtEnd?: boolean;
  doubt?: string | undefined;
  /** The block whose rest this may be. */
  readonly before?: OpenBlock | undefined;
};

/** A message whose lines begin here; without a title where no header names it. `before`: whose rest it may be. */
export const newBlock = (where: string, title?: LogTitle, before?: OpenBlock): OpenBlock => ({
  name: title?.name ?? "",
  where,
  referenceID: title?.referenceID,
  lines: [],
  isSdk: title?.isSdk ?? false,
  clients: [],
  isEnded: false,
  isDoubled: false,
  telling: 0,
  isQuoting: false,
  before,
});

/** What no request has. */
export const ofEvents = [
  "AttributeTimeinSecs",
  "AttributeEventSequenceNumber",
  "AttributeErrorCode",
];

/** Whether a name is a request's. */
export const isRequest = (name: string): boolean => name.startsWith("Request");

const isDisjoint = (one: readonly string[], other: readonly string[]): boolean =>
  !other.some((name) => one.includes(name));

/** Whether lines behind something else are the rest of a block: what it has is not there again. */
export const isRestOf = (block: OpenBlock, lines: readonly Pick<Line, "bytes">[]): boolean => {
  if (block.isEnded) return false;
  const [before, rest] = [attributeNames(block.lines), attributeNames(lines)];
  return (
    isDisjoint(before, rest) &&
    !(isRequest(block.name) && rest.some((name) => ofEvents.includes(name)))
  );
};

/** Adds a line, and takes note of what an event has once. */
export const addLine = (block: OpenBlock | undefined, line: Line): void => {
  if (block === undefined || block.lines.length >= mostLines) return;
  block.lines.push(line);
  const telling = tellingAttributeAt(line.bytes, textStart(line.bytes));
  block.isDoubled ||= (block.telling & telling) !== 0;
  block.telling |= telling;
};

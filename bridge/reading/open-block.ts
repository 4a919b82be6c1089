import { eventSpellings } from "../../lambda/domain/event/t-library.ts";
import type { SourceItem } from "../source-event.ts";
import { attributeNames, readBlock } from "./log-block.ts";
import {
  isAboutRegistrations,
  isCutName,
  isForAllClients,
  isUsable,
  isWanted,
} from "./log-line.ts";
import type { LogTitle } from "./log-title.ts";
import type { Line } from "./split-lines.ts";

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
  readonly has: Set<number>;
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
  has: new Set(),
  isQuoting: false,
  before,
});

// Only events of calls have these.
const ofCalls = /^Attribute(?:Conn|Call|Interaction)(?:ID|Type|UUID|State)$/;
const ofEvents = ["AttributeTimeinSecs", "AttributeEventSequenceNumber", "AttributeErrorCode"];

const isDisjoint = (one: readonly string[], other: readonly string[]): boolean =>
  !other.some((name) => one.includes(name));

/** Whether lines behind something else are the rest of a block: what it has is not there again. */
export const isRestOf = (block: OpenBlock, lines: readonly Pick<Line, "bytes">[]): boolean => {
  if (block.isEnded) return false;
  const [before, rest] = [attributeNames(block.lines), attributeNames(lines)];
  const isRequest = block.name.startsWith("Request");
  return isDisjoint(before, rest) && !(isRequest && rest.some((name) => ofEvents.includes(name)));
};

/** A piece of a log that could be about a registration and was not understood. */
export const notUnderstood = (
  where: string,
  why: string,
  clients: readonly string[],
): SourceItem => ({
  kind: "gap",
  gap: { where, why },
  clients,
});

const cutOff = ({ cutBy }: OpenBlock): string | undefined =>
  cutBy === undefined ? undefined : `it is cut by the end of ${cutBy}`;

const wantedItems = (block: OpenBlock, name: string, hasClients: boolean): SourceItem[] => {
  const { where, clients, lines, referenceID } = block;
  if (lines.length === 0 && isAboutRegistrations(name))
    return [notUnderstood(where, `${name}: its attributes are not there`, clients)];
  const { attributes, refusal, doubt } = readBlock(name, lines, referenceID);
  if (refusal !== undefined) return [notUnderstood(where, `${name}: ${refusal}`, clients)];
  const why = cutOff(block) ?? doubt ?? block.doubt;
  if (!isUsable(name, attributes.has("AttributeTimeinSecs")))
    return name === "EventUnregisteredAll"
      ? [notUnderstood(where, `${name}: it has no time`, clients)]
      : [];
  const item = {
    kind: "event" as const,
    event: { text: attributes.text(), where, form: "json" as const },
    ...(hasClients && { clients }),
    ...(why !== undefined && { doubt: `${name}: ${why}` }),
  };
  return [isForAllClients(name) && hasClients ? { ...item, isForAllClients: true } : item];
};

/** Lines that no header names: of no concern where they are about a call, or name an event that is none. */
const unnamedItems = (block: OpenBlock, hasClients: boolean): SourceItem[] => {
  const names = attributeNames(block.lines);
  if (names.length === 0 || names.some((name) => ofCalls.test(name))) return [];
  const own = ownName(block);
  if (own !== undefined) return isWanted(own) ? wantedItems(block, own, hasClients) : [];
  const why =
    block.name === ""
      ? "attributes whose header is cut off or not understood"
      : "its header is cut off";
  return [notUnderstood(block.where, why, block.clients)];
};

const ownName = ({ lines }: OpenBlock): string | undefined => {
  for (const { bytes } of lines) {
    const said =
      /^\s*Attribute(?:Event|EventName|MessageType)\b\s*(?:\[\w+\]\s*=)?\s*['"]?(\w+)/.exec(
        bytes.toString("latin1"),
      )?.[1];
    if (said !== undefined) return eventSpellings.get(said);
  }
  return undefined;
};

/** The lines of a block from the first attribute on that it has had before. */
const secondPart = ({ lines }: OpenBlock): OpenBlock["lines"] => {
  const seen = new Set<string>();
  const at = lines.findIndex((line) =>
    attributeNames([line]).some((name) => seen.size === seen.add(name).size),
  );
  return at === -1 ? [] : lines.slice(at);
};

/** What a block gives once nothing more can come of it. */
export const closeBlock = (block: OpenBlock, hasClients: boolean): SourceItem[] => {
  if (isWanted(block.name)) return wantedItems(block, block.name, hasClients);
  const rest = block.before;
  if (rest !== undefined && isWanted(rest.name) && isRestOf(rest, block.lines))
    rest.doubt = "a line of another message stands within it";
  if (isCutName(block.name)) return unnamedItems(block, hasClients);
  if (!block.isDoubled) return [];
  return unnamedItems({ ...block, name: "", lines: secondPart(block) }, hasClients);
};

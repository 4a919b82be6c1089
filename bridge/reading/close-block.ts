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
import { isRequest, isRestOf, type OpenBlock, ofEvents } from "./open-block.ts";

// Only events of calls have these.
const ofCalls = /^Attribute(?:Conn|Call|Interaction)(?:ID|Type|UUID|State)$/;

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

/** An event of which a log has nothing but the name. */
export const withoutAttributes = (
  name: string,
  where: string,
  ...clients: readonly (string | undefined)[]
): SourceItem =>
  notUnderstood(
    where,
    `${name}: its attributes are not there`,
    clients.filter((client) => client !== undefined),
  );

const cutOff = ({ cutBy }: OpenBlock): string | undefined =>
  cutBy === undefined ? undefined : `it is cut by the end of ${cutBy}`;

const wantedItems = (block: OpenBlock, name: string, hasClients: boolean): SourceItem[] => {
  const { where, clients, lines, referenceID } = block;
  if (lines.length === 0 && isAboutRegistrations(name))
    return [withoutAttributes(name, where, ...clients)];
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

/** The lines of a block from the first attribute on that it has had before, or cannot have. */
const secondPart = ({ name: blockName, lines }: OpenBlock): OpenBlock["lines"] => {
  const seen = new Set(isRequest(blockName) ? ofEvents : []);
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
  if (!block.isDoubled && !(isRequest(block.name) && block.telling >= 2)) return [];
  return unnamedItems({ ...block, name: "", lines: secondPart(block) }, hasClients);
};

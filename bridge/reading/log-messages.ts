import type { SourceItem } from "../source-event.ts";
import { tellingAttributeAt, textStart } from "./line-shape.ts";
import { isAboutRegistrations, isCutName, isWanted } from "./log-line.ts";
import type { LogTitle } from "./log-title.ts";
import { closeBlock, isRestOf, newBlock, notUnderstood, type OpenBlock } from "./open-block.ts";
import type { Line } from "./split-lines.ts";

// A message that is no concern of the adapter is only looked at to see where it ends.
const mostLines = 5_000;

type Opening = { readonly title: LogTitle; readonly where: string };

const mayLose = (name: string): boolean =>
  isAboutRegistrations(name) || (name.length > "Event".length && isCutName(name));

/**
 * Puts the messages of logs together: a header, attributes below it, and lines behind it that say to whom it was sent. Lines
 * of something else may stand between. What could be about a registration and is not understood is an item of its own.
 */
export const createLogMessages = (hasClients: boolean) => {
  /** The message to which attributes belong. */
  let current: OpenBlock | undefined;
  /** The last one that is wanted: lines may still say to whom it was sent. */
  let pending: OpenBlock | undefined;
  let opening: Opening | undefined;
  /** Attributes behind a line of something else. */
  let group: OpenBlock | undefined;
  /** Whether the line before belongs to a message. */
  let isOpen = false;
  /** Whether nothing but empty lines has come since. */
  let isUntouched = false;

  const close = (block: OpenBlock | undefined): SourceItem[] =>
    block === undefined ? [] : closeBlock(block, hasClients);
  const closeCurrent = (): SourceItem[] => (current === pending ? [] : close(current));
  const closeGroup = (): SourceItem[] => {
    const found = group;
    group = undefined;
    if (found === undefined) return [];
    if (current !== undefined && isRestOf(current, found.lines)) {
      current.lines.push(...found.lines);
      current.cutBy = undefined;
      return [];
    }
    const items = closeCurrent();
    current = found;
    return items;
  };
  const dropOpening = (): SourceItem[] => {
    const { title, where } = opening ?? {};
    opening = undefined;
    if (title === undefined || where === undefined) return [];
    const isKnown = pending?.name === title.name || !mayLose(title.name);
    return isKnown ? [] : [notUnderstood(where, `${title.name}: its attributes are not there`, [])];
  };
  const interrupt = (): SourceItem[] => {
    [isOpen, isUntouched] = [false, false];
    return [...closeGroup(), ...dropOpening()];
  };
  const begin = ({ title, where }: Opening, before: OpenBlock | undefined): SourceItem[] => {
    const items = [...closeGroup(), ...closeCurrent()];
    current = newBlock(where, title, before);
    current.lines.push(...title.attributes.map((text) => ({ bytes: Buffer.from(text) })));
    if (isWanted(title.name)) {
      items.push(...close(pending));
      pending = current;
    }
    [isOpen, isUntouched, opening] = [true, true, undefined];
    return items;
  };
  const push = (block: OpenBlock, line: Line): void => {
    if (block.lines.length >= mostLines) return;
    block.lines.push(line);
    const telling = tellingAttributeAt(line.bytes, textStart(line.bytes));
    if (telling === -1) return;
    block.isDoubled ||= block.has.has(telling);
    block.has.add(telling);
  };
  const mention = ({ name, sentTo }: LogTitle, where: string): SourceItem[] => {
    const items = interrupt();
    if (current?.name === name) current.isEnded = true;
    const client = sentTo?.client;
    if (pending?.name === name) {
      pending.isEnded = true;
      pending.cutBy = undefined;
      if (client !== undefined) pending.clients.push(client);
      else if (sentTo !== undefined && hasClients)
        items.push(notUnderstood(where, `${name}: to whom it was sent is not understood`, []));
    } else if (isAboutRegistrations(name)) {
      const unnamed = current?.name === "" ? closeCurrent() : [];
      if (unnamed.length > 0) current = undefined;
      if (unnamed.length > 0) return [...items, ...unnamed];
      const why = `${name}: its attributes are not there`;
      items.push(notUnderstood(where, why, client === undefined ? [] : [client]));
    }
    return items;
  };

  return {
    /** The message that the line before belongs to. */
    openBlock: (): OpenBlock | undefined => (isOpen ? (group ?? current) : undefined),
    /** Whether attributes may still belong to a message. */
    isGoingOn: (): boolean => current !== undefined && !current.isEnded,
    title: (title: LogTitle, where: string): SourceItem[] => {
      if (title.form === "mention") return mention(title, where);
      const isKnown = title.form === "header" && opening?.title.name === title.name;
      if (isKnown) opening = undefined;
      if (title.form === "header") return [...dropOpening(), ...begin({ title, where }, undefined)];
      const items = interrupt();
      opening = { title, where };
      return items;
    },
    /** A line of a message: of which one, the lines before say. */
    part: (line: Line, where: string): SourceItem[] => {
      const interrupted = current === pending && current?.isEnded === false ? current : undefined;
      const items = opening === undefined ? [] : begin(opening, interrupted);
      if (!isOpen) group = newBlock(where);
      isOpen = true;
      const block = group ?? current;
      if (block !== undefined) push(block, line);
      if (group === undefined) isUntouched = true;
      return items;
    },
    blank: (): SourceItem[] => {
      isOpen = false;
      return closeGroup();
    },
    other: interrupt,
    /** What follows is not what the last file was cut from. */
    breakOff: (): void => {
      if (current !== undefined) current.isEnded = true;
    },
    endOfFile: (name: string): SourceItem[] => {
      const items = [...closeGroup(), ...dropOpening()];
      if (current !== undefined && !current.isEnded && isUntouched)
        [current.cutBy, current.isAtEnd] = [name, isOpen];
      isOpen = false;
      return items;
    },
    /** Nothing follows the last file. */
    end: (): SourceItem[] => {
      // An empty line behind it shows that it was not cut, unless another file follows.
      if (current?.isAtEnd === false) current.cutBy = undefined;
      const items = [...closeCurrent(), ...close(pending)];
      [current, pending] = [undefined, undefined];
      return items;
    },
  };
};

/** Puts the messages of logs together. */
export type LogMessages = ReturnType<typeof createLogMessages>;

import type { SourceItem } from "../source-event.ts";
import { closeBlock, notUnderstood, withoutAttributes } from "./close-block.ts";
import { isAboutRegistrations, isWanted, mayLose } from "./log-line.ts";
import type { LogTitle } from "./log-title.ts";
import { addLine, isRestOf, newBlock, type OpenBlock } from "./open-block.ts";
import type { Line } from "./split-lines.ts";

type Opening = { readonly title: LogTitle; readonly where: string };
const none: readonly SourceItem[] = [];

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
  const closeGroup = (): readonly SourceItem[] => {
    const found = group;
    if (found === undefined) return none;
    group = undefined;
    if (current !== undefined && isRestOf(current, found.lines)) {
      current.lines.push(...found.lines);
      current.cutBy = undefined;
      return none;
    }
    const items = closeCurrent();
    current = found;
    return items;
  };
  const dropOpening = (): readonly SourceItem[] => {
    if (opening === undefined) return none;
    const { title, where } = opening;
    opening = undefined;
    // The Platform SDK's clients name a message again and again.
    const isKnown = (title.isSdk && pending?.name === title.name) || !mayLose(title.name);
    return isKnown ? none : [withoutAttributes(title.name, where)];
  };
  const setOpen = (open: boolean): void => {
    isOpen = open;
    isUntouched = open;
  };
  const interrupt = (): readonly SourceItem[] => {
    setOpen(false);
    if (group === undefined && opening === undefined) return none;
    return [...closeGroup(), ...dropOpening()];
  };
  const closeAll = (): SourceItem[] => {
    const items = [...closeGroup(), ...closeCurrent(), ...close(pending)];
    current = undefined;
    pending = undefined;
    return items;
  };
  const begin = ({ title, where }: Opening, before: OpenBlock | undefined): SourceItem[] => {
    // Some name a message twice before its attributes.
    const isSameAgain = isUntouched && current?.name === title.name && current.lines.length === 0;
    const items = [...closeGroup(), ...closeCurrent()];
    current = newBlock(where, title, before);
    for (const text of title.attributes) current.lines.push({ bytes: Buffer.from(text) });
    if (isWanted(title.name)) {
      if (!isSameAgain) items.push(...close(pending));
      pending = current;
    }
    setOpen(true);
    opening = undefined;
    return items;
  };
  const mention = ({ name, sentTo }: LogTitle, where: () => string): readonly SourceItem[] => {
    const before = interrupt();
    if (current?.name === name) current.isEnded = true;
    if (!isWanted(name)) return before;
    const [items, { client } = { client: undefined }] = [[...before], sentTo];
    if (pending?.name === name) {
      pending.isEnded = true;
      pending.cutBy = undefined;
      if (client !== undefined) pending.clients.push(client);
      else if (sentTo !== undefined && hasClients)
        items.push(notUnderstood(where(), `${name}: to whom it was sent is not understood`, []));
    } else if (isAboutRegistrations(name)) {
      const unnamed = current?.name === "" ? closeCurrent() : [];
      if (unnamed.length > 0) current = undefined;
      else unnamed.push(withoutAttributes(name, where(), client));
      items.push(...unnamed);
    }
    return items;
  };

  return {
    /** The message that the line before belongs to. */
    openBlock: (): OpenBlock | undefined => (isOpen ? (group ?? current) : undefined),
    /** Whether attributes may still belong to a message. */
    isGoingOn: (): boolean => current !== undefined && !current.isEnded,
    title: (title: LogTitle, where: () => string): readonly SourceItem[] => {
      if (title.form === "mention") return mention(title, where);
      if (title.form === "header") {
        if (opening?.title.name === title.name) opening = undefined;
        return [...dropOpening(), ...begin({ title, where: where() }, undefined)];
      }
      const items = interrupt();
      opening = { title, where: where() };
      return items;
    },
    /** A line of a message: of which one, the lines before say. */
    part: (line: Line, where: () => string): readonly SourceItem[] => {
      const interrupted = current === pending && current?.isEnded === false ? current : undefined;
      const items = opening === undefined ? none : begin(opening, interrupted);
      if (!isOpen) group = newBlock(where());
      isOpen = true;
      isUntouched ||= group === undefined;
      addLine(group ?? current, line);
      return items;
    },
    blank: (): readonly SourceItem[] => {
      isOpen = false;
      return closeGroup();
    },
    other: interrupt,
    /** What follows is not what the last file was cut from. */
    breakOff: closeAll,
    endOfFile: (name: string): readonly SourceItem[] => {
      const items = closeGroup();
      if (current !== undefined && !current.isEnded && isUntouched)
        Object.assign(current, { cutBy: name, isAtEnd: isOpen });
      isOpen = false;
      return items;
    },
    /** Nothing follows the last file. */
    end: (): readonly SourceItem[] => {
      // An empty line behind it shows that it was not cut, unless another file follows.
      if (current?.isAtEnd === false) current.cutBy = undefined;
      return [...dropOpening(), ...closeAll()];
    },
  };
};

/** Puts the messages of logs together. */
export type LogMessages = ReturnType<typeof createLogMessages>;

import type { ChunkParser, SourceItem } from "../source-event.ts";
import { expandJson } from "./expand-json.ts";
import { createValueFinder, type FoundValue } from "./json-values.ts";

/** Reads JSON that is spread over lines: an array of events (one at a time, however long it is), one event, an envelope. */
export const createJsonParser = (name: string): ChunkParser => {
  const decoder = new TextDecoder();
  const finder = createValueFinder();
  const expand = ({ text, index, isTooLong }: FoundValue): SourceItem[] => {
    const where = index === undefined ? name : `${name}[${index}]`;
    if (!isTooLong) return expandJson({ text, where });
    const unreadable = { where, why: "too long for an event", text: text.slice(0, 1024) };
    return [{ kind: "unreadable", unreadable }];
  };
  return {
    push: (chunk) => finder.push(decoder.decode(chunk, { stream: true })).flatMap(expand),
    end: () => {
      const last = finder.push(decoder.decode());
      const { found, isOpen } = finder.end();
      const unreadable = { where: name, why: "the array has no end", text: "" };
      const open: SourceItem[] = isOpen ? [{ kind: "unreadable", unreadable }] : [];
      return [...[...last, ...found].flatMap(expand), ...open];
    },
  };
};

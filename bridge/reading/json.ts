import { isUtf8 } from "node:buffer";
import type { ChunkParser, SourceItem } from "../source-event.ts";
import { expandJson } from "./expand-json.ts";
import { createValueFinder, type FoundValue } from "./json-values.ts";
import { notInEncoding } from "./ndjson.ts";

/** Reads JSON that is spread over lines: an array of events (one at a time, however long it is), one event, an envelope. */
export const createJsonParser = (name: string, encoding: string): ChunkParser => {
  const finder = createValueFinder();
  const expand = ({ text: found, index, isTooLong }: FoundValue): SourceItem[] => {
    const where = index === undefined ? name : `${name}[${index}]`;
    const bytes = Buffer.from(isTooLong ? found.slice(0, 1024) : found, "latin1");
    const text = bytes.toString("utf8");
    if (!isTooLong && isUtf8(bytes)) return expandJson({ text, where });
    const why = isTooLong ? "too long for an event" : notInEncoding(encoding);
    return [{ kind: "unreadable", unreadable: { where, why, text } }];
  };
  return {
    // A character a byte: the finder looks for ASCII only, and no chunk ends within a character then.
    push: (chunk) => finder.push(Buffer.from(chunk).toString("latin1")).flatMap(expand),
    end: () => {
      const { found, isOpen } = finder.end();
      const unreadable = { where: name, why: "the array has no end", text: "" };
      const open: SourceItem[] = isOpen ? [{ kind: "unreadable", unreadable }] : [];
      return [...found.flatMap(expand), ...open];
    },
  };
};

import type { ChunkParser, SourceItem } from "../source-event.ts";
import { createLineSplitter, type Line } from "./split-lines.ts";

/** Takes a source apart line by line. */
export type LineParser = {
  readonly line: (line: Line) => readonly SourceItem[];
  readonly end: () => readonly SourceItem[];
};

/** A parser of lines as a parser of bytes. */
export const byLine = (parser: LineParser): ChunkParser => {
  const lines = createLineSplitter();
  return {
    push: (chunk) => {
      const items: SourceItem[] = [];
      // Most lines of a log give nothing.
      for (const line of lines.push(chunk)) {
        const found = parser.line(line);
        if (found.length > 0) items.push(...found);
      }
      return items;
    },
    end: () => [...lines.end().flatMap((line) => parser.line(line)), ...parser.end()],
  };
};

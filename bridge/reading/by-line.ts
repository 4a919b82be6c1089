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
    push: (chunk) => lines.push(chunk).flatMap((line) => parser.line(line)),
    end: () => [...lines.end().flatMap((line) => parser.line(line)), ...parser.end()],
  };
};

import { stripVTControlCharacters } from "node:util";

const continued = "  ";

const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/** Where the lines after the first begin: under what stands behind a name (an option, what it does), else further in. */
const hangingIndent = (line: string, columns: number): string => {
  const [lead = ""] = /^ */.exec(line) ?? [];
  const [name = ""] = /^ +\S+(?: [A-Z]+)? {2,}/.exec(line) ?? [];
  return name.length > 0 && name.length < columns / 2 ? " ".repeat(name.length) : lead + continued;
};

const wrapLine = (line: string, columns: number): string => {
  if (widthOf(line) <= columns) return line;
  const indent = hangingIndent(line, columns);
  const lines: string[] = [];
  let current = "";
  for (const piece of line.match(/ *\S+/g) ?? []) {
    if (current === "" || widthOf(current + piece) <= columns) current += piece;
    else {
      lines.push(current);
      current = indent + piece.trimStart();
    }
  }
  return [...lines, current].join("\n");
};

/**
 * The text with lines of at most this many columns, broken at spaces; what has no space, such as an address, stays whole.
 * Without `columns` (a pipe, a file) each line stays one line.
 */
export const wrapWords = (text: string, columns: number | undefined): string =>
  columns === undefined
    ? text
    : text
        .split("\n")
        .map((line) => wrapLine(line, columns))
        .join("\n");

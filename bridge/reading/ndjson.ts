import { isUtf8 } from "node:buffer";
import type { SourceItem } from "../source-event.ts";
import type { LineParser } from "./by-line.ts";
import { expandJson } from "./expand-json.ts";
import type { Line } from "./split-lines.ts";

/** The events of one line of NDJSON: an event, an array, an envelope. A line that is none is named and spoils no other. */
export const readNdjsonLine = (name: string, line: Line): SourceItem[] => {
  const where = `${name}:${line.number}`;
  // Editors on Windows begin a file with a byte order mark, which is not JSON.
  const text = line.bytes
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trim();
  const refuse = (why: string): SourceItem[] => [
    { kind: "unreadable", unreadable: { where, why, text } },
  ];
  if (line.isTooLong) return refuse("too long for an event");
  if (text === "") return [];
  return isUtf8(line.bytes) ? expandJson({ text, where }) : refuse("not UTF-8");
};

/** Reads NDJSON. */
export const createNdjsonParser = (name: string): LineParser => ({
  line: (line) => readNdjsonLine(name, line),
  end: () => [],
});

import { isUtf8 } from "node:buffer";
import type { SourceItem } from "../source-event.ts";
import type { LineParser } from "./by-line.ts";
import { expandJson } from "./expand-json.ts";
import type { Line } from "./split-lines.ts";

/** What to say of JSON whose bytes are none of its encoding's. */
export const notInEncoding = (encoding: string): string => `not ${encoding.toUpperCase()}`;

/**
 * The events of one line of NDJSON: an event, an array, an envelope. A line that is none is named and spoils no other. NULs
 * within a line are where a file was torn: what stands behind them is read too.
 */
export const readNdjsonLine = (name: string, line: Line, encoding = "utf-8"): SourceItem[] => {
  const where = `${name}:${line.number}`;
  const texts = line.bytes
    .toString("utf8")
    .split("\0")
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const refuse = (why: string): SourceItem[] => [
    { kind: "unreadable", unreadable: { where, why, text: texts.join(" ") } },
  ];
  if (line.isTooLong) return refuse("too long for an event");
  if (!isUtf8(line.bytes)) return refuse(notInEncoding(encoding));
  return texts.flatMap((text) => expandJson({ text, where }));
};

/** Reads NDJSON. */
export const createNdjsonParser = (name: string, encoding: string): LineParser => ({
  line: (line) => readNdjsonLine(name, line, encoding),
  end: () => [],
});

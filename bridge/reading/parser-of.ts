import type { ChunkParser } from "../source-event.ts";
import { byLine, type LineParser } from "./by-line.ts";
import type { Format } from "./detect-format.ts";
import { createJsonParser } from "./json.ts";
import { createLogThread, type LogThread } from "./log-parser.ts";
import { createNdjsonParser } from "./ndjson.ts";

/** A thread of logs of this format. */
export const threadOf = (format: Format): LogThread => createLogThread(format === "t-server-log");

const loneLog = (format: Format, name: string): LineParser => {
  const thread = threadOf(format);
  const { line, end } = thread.next(name);
  return { line, end: () => [...end(), ...thread.end()] };
};

/** What is parsed: `name`, for the places that it names; what it was written in; a log may be one of a thread. */
export type ParsedSource = {
  readonly name: string;
  readonly encoding?: string;
  readonly thread?: LogThread | undefined;
};

/** A parser of a format, for bytes in UTF-8. */
export const parserOf = (
  format: Format,
  { name, encoding = "utf-8", thread }: ParsedSource,
): ChunkParser => {
  switch (format) {
    case "ndjson":
      return byLine(createNdjsonParser(name, encoding));
    case "json":
      return createJsonParser(name, encoding);
    case "t-server-log":
    case "platform-sdk-log":
      return byLine(thread?.next(name) ?? loneLog(format, name));
  }
};

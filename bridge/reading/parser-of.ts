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

/** A parser of a format; `name` is the source's, for the places that it names. A log may be one of several. */
export const parserOf = (format: Format, name: string, thread?: LogThread): ChunkParser => {
  switch (format) {
    case "ndjson":
      return byLine(createNdjsonParser(name));
    case "json":
      return createJsonParser(name);
    case "t-server-log":
    case "platform-sdk-log":
      return byLine(thread?.next(name) ?? loneLog(format, name));
  }
};

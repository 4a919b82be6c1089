import type { ChunkParser } from "../source-event.ts";
import { byLine } from "./by-line.ts";
import type { Format } from "./detect-format.ts";
import { createJsonParser } from "./json.ts";
import { createNdjsonParser } from "./ndjson.ts";
import { createPlatformSdkLogParser } from "./platform-sdk-log.ts";
import { createTServerLogParser } from "./t-server-log.ts";

const parsers = {
  ndjson: (name, encoding) => byLine(createNdjsonParser(name, encoding)),
  json: createJsonParser,
  "t-server-log": (name) => byLine(createTServerLogParser(name)),
  "platform-sdk-log": (name) => byLine(createPlatformSdkLogParser(name)),
} satisfies Record<Format, (name: string, encoding: string) => ChunkParser>;

/**
 * A parser of a format, for bytes in UTF-8; `name` is the source's, for the places that it names, `encoding` what it was
 * written in.
 */
export const parserOf = (format: Format, name: string, encoding = "utf-8"): ChunkParser =>
  parsers[format](name, encoding);

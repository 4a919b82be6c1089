import { createReadStream } from "node:fs";
import type { ChunkParser, SourceItem } from "../source-event.ts";
import { CommandError } from "../terminal/command-error.ts";
import { givenPath } from "../terminal/given-path.ts";
import type { Format } from "./detect-format.ts";
import type { LogThread } from "./log-parser.ts";
import { parserOf } from "./parser-of.ts";
import { sniff } from "./sniff.ts";

/** A source with its format known, ready to be read once. */
export type Source = {
  readonly name: string;
  readonly format: Format;
  /** What it holds, a chunk of bytes at a time; `bytes` were read for it. A log may be one of a thread. */
  readonly read: (thread?: LogThread) => AsyncIterable<{
    readonly items: readonly SourceItem[];
    readonly bytes: number;
  }>;
  /** Lets go of what is not read. */
  readonly close: () => Promise<void>;
};

const explain = (name: string, error: unknown): string => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `there is no file ${name}`;
  if (code === "EISDIR") return `${name} is a folder: give the files in it`;
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
};

async function* bytesOf(name: string): AsyncGenerator<Buffer> {
  const stream = name === "-" ? process.stdin : createReadStream(givenPath(name));
  try {
    for await (const chunk of stream) yield Buffer.from(chunk);
  } catch (error) {
    throw new CommandError(explain(name, error), { cause: error });
  }
}

async function* parse(parser: ChunkParser, chunks: AsyncIterable<Buffer>) {
  for await (const chunk of chunks) yield { items: parser.push(chunk), bytes: chunk.length };
  yield { items: parser.end(), bytes: 0 };
}

/** Opens a file, or standard input as `-`, and detects its format from its content unless it is given. */
export const openSource = async (file: string, given: Format | undefined): Promise<Source> => {
  const name = file === "-" ? "stdin" : file;
  const bytes = bytesOf(file);
  const { format, isEmpty, chunks } = await sniff(bytes, given);
  if (format === undefined && !isEmpty) {
    throw new CommandError(
      `${name} does not look like a format that the bridge reads: give it with --format`,
    );
  }
  const known = format ?? "ndjson";
  return {
    name,
    format: known,
    read: (thread) => parse(parserOf(known, name, thread), chunks),
    close: async () => void (await bytes.return(undefined)),
  };
};

import { CommandError } from "../terminal/command-error.ts";
import { detectCompression, unpack } from "./compression.ts";
import type { Format } from "./detect-format.ts";
import type { LogThread } from "./log-parser.ts";
import { lookAhead } from "./look-ahead.ts";
import { createByteCounter, parseParts, type SourcePart, toPlainText } from "./parse-source.ts";
import { parserOf } from "./parser-of.ts";
import { skipNuls } from "./skip-nuls.ts";
import { detectContent, type GivenContent } from "./source-content.ts";

/** A source with its format known, ready to be read once. */
export type Source = {
  readonly name: string;
  readonly format: Format;
  /** Whether there is nothing in it but white space. */
  readonly isEmpty: boolean;
  /** What it holds. A log may be one of a thread. */
  readonly read: (thread?: LogThread) => AsyncIterable<SourcePart>;
};

/** The bytes of a source, and what it is called. */
export type SourceBytes = {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
  /** So many NULs may come before its text. */
  readonly mostNuls: number;
};

/**
 * Looks into the bytes of a source and finds out how to read it: unpacked where it is compressed, as UTF-8 whatever its
 * encoding is. Throws CommandError for what is in no form that the bridge reads.
 */
export const openSource = async (
  { name, bytes, mostNuls }: SourceBytes,
  given: GivenContent,
): Promise<Source> => {
  const { count, take } = createByteCounter();
  const packed = await lookAhead(count(bytes), detectCompression);
  const unpacked = unpack(packed.chunks, packed.decided, name);
  const looked = await lookAhead(skipNuls(unpacked, name, mostNuls), detectContent(given));
  const { decided: content, failure, chunks } = looked;
  if (content === undefined || (content.format === undefined && !content.isEmpty))
    throw (
      failure ??
      new CommandError(
        `${name} does not look like a format that the bridge reads: give it with --format`,
      )
    );
  const { format = "ndjson", encoding } = content;
  const isEmpty = content.isEmpty && failure === undefined;
  const read = (thread?: LogThread): AsyncIterable<SourcePart> =>
    parseParts(
      toPlainText(chunks, content, format),
      parserOf(format, { name, encoding, thread }),
      format,
      take,
    );
  return { name, format, isEmpty, read };
};

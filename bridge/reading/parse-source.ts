import type { ChunkParser, SourceItem } from "../source-event.ts";
import { CommandError } from "../terminal/command-error.ts";
import { type Format, isLog } from "./detect-format.ts";
import { withLineFeeds } from "./line-ends.ts";
import type { SourceContent } from "./source-content.ts";
import { broken, createUtf8Converter } from "./to-utf8.ts";

/** A part of what a source holds. */
export type SourcePart = {
  readonly items: readonly SourceItem[];
  /** So many bytes of the source were read for it, packed or not. */
  readonly bytes: number;
};

/** A source's text in UTF-8, its lines with line feeds. */
export async function* toPlainText(
  chunks: AsyncIterable<Buffer>,
  { encoding, hasBareReturns }: SourceContent,
  format: Format,
): AsyncGenerator<Buffer> {
  const { push, end } = createUtf8Converter(
    encoding,
    isLog(format) ? broken.shown : broken.refused,
  );
  const mend = hasBareReturns ? withLineFeeds : (chunk: Buffer) => chunk;
  for await (const chunk of chunks) yield mend(push(chunk));
  yield mend(end());
}

/** Counts the bytes that pass, until they are taken. */
export const createByteCounter = () => {
  let passed = 0;
  return {
    count: async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        passed += chunk.length;
        yield chunk;
      }
    },
    take: (): number => {
      const taken = passed;
      passed = 0;
      return taken;
    },
  };
};

/** Takes a text apart. Where it cannot be read to its end, a last line of JSON is taken, but no half event of a log. */
export async function* parseParts(
  text: AsyncIterable<Buffer>,
  parser: ChunkParser,
  format: Format,
  takeBytes: () => number,
): AsyncGenerator<SourcePart> {
  try {
    for await (const chunk of text) yield { items: parser.push(chunk), bytes: takeBytes() };
  } catch (error) {
    if (error instanceof CommandError && !isLog(format))
      yield { items: parser.end(), bytes: takeBytes() };
    throw error;
  }
  yield { items: parser.end(), bytes: takeBytes() };
}

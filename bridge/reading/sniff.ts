import { detectFormat, type Format } from "./detect-format.ts";

const enoughBytes = 1024 * 1024;

/** A source's bytes again from the beginning, and its format where that could be detected. */
export type Sniffed = {
  readonly format: Format | undefined;
  readonly isEmpty: boolean;
  readonly chunks: AsyncIterable<Buffer>;
};

async function* replay(head: readonly Buffer[], rest: AsyncIterator<Buffer>) {
  yield* head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Reads the beginning of a source until it shows the format, at most 1 MiB. */
export const sniff = async (
  source: AsyncIterable<Buffer>,
  given: Format | undefined,
): Promise<Sniffed> => {
  const rest = source[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let format = given;
  let text = "";
  while (format === undefined && text.length < enoughBytes) {
    const next = await rest.next();
    if (next.done === true) break;
    head.push(next.value);
    text += next.value.toString("latin1");
    format = detectFormat(text);
  }
  const isEmpty = given === undefined && text.trim() === "";
  return { format, isEmpty, chunks: replay(head, rest) };
};

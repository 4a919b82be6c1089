import { CommandError } from "../terminal/command-error.ts";

// Comparing is a hundred times quicker than looking at each byte.
const isNuls = (chunk: Buffer): boolean => chunk.equals(Buffer.alloc(chunk.length));

/**
 * A source without the NULs that it begins with, as a file does that was emptied while its writer went on at its old
 * place: they may be more than memory holds. One stays where they are odd, so that the two bytes of a UTF-16 character stay
 * together. Throws CommandError where they are more than `most`.
 */
export async function* skipNuls(
  source: AsyncIterable<Buffer>,
  name: string,
  most: number,
): AsyncGenerator<Buffer> {
  let skipped = 0;
  let hasBegun = false;
  for await (const chunk of source) {
    if (!hasBegun && isNuls(chunk)) {
      skipped += chunk.length;
      if (skipped > most)
        throw new CommandError(`${name} gives NUL bytes without end, and no text`);
      continue;
    }
    const at = hasBegun ? 0 : chunk.findIndex((byte) => byte !== 0);
    if (!hasBegun && (skipped + at) % 2 === 1) yield Buffer.alloc(1);
    hasBegun = true;
    yield chunk.subarray(at);
  }
}

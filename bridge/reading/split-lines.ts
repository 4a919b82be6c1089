/** A longer line is not kept in memory: an event may have 20 kB, an envelope of them 1 MiB. */
export const maxLineBytes = 8 * 1024 * 1024;
const keptOfLongLine = 1024;
const lineFeed = 10;

/** One line without its line feed. `end`: how many bytes of the source it and its line feed reach. */
export type Line = {
  readonly number: number;
  readonly bytes: Buffer;
  readonly end: number;
  /** Longer than a line may be: `bytes` is its beginning only. */
  readonly isTooLong: boolean;
};

/** Where in a source to begin: after so many bytes and lines. */
export type Start = {
  readonly offset: number;
  readonly lines: number;
};

/** Cuts bytes into lines as they come, holding at most one line. `end` gives a last line that has no line feed. */
export const createLineSplitter = (start: Start = { offset: 0, lines: 0 }) => {
  let { offset, lines } = start;
  let pieces: Buffer[] = [];
  let kept = 0;
  let length = 0;

  const keep = (piece: Buffer): void => {
    length += piece.length;
    if (kept > maxLineBytes) return;
    // A copy: the stream's buffer may be used again before the line is complete.
    pieces.push(Buffer.from(piece));
    kept += piece.length;
  };
  const take = (feedBytes: 0 | 1): Line => {
    offset += length + feedBytes;
    lines += 1;
    const isTooLong = length > maxLineBytes;
    const whole = Buffer.concat(pieces);
    const bytes = isTooLong ? whole.subarray(0, keptOfLongLine) : whole;
    [pieces, kept, length] = [[], 0, 0];
    return { number: lines, bytes, end: offset, isTooLong };
  };
  const push = (chunk: Uint8Array): Line[] => {
    const found: Line[] = [];
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, from)) {
      keep(bytes.subarray(from, at));
      found.push(take(1));
      from = at + 1;
    }
    if (from < bytes.length) keep(bytes.subarray(from));
    return found;
  };
  return { push, end: (): Line[] => (length === 0 ? [] : [take(0)]) };
};

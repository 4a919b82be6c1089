/** A longer line is not kept in memory: an event may have 20 kB, an envelope of them 1 MiB. */
export const maxLineBytes = 8 * 1024 * 1024;
const keptOfLongLine = 1024;
const lineFeed = 10;
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);

/** One line without its line feed, and without the NULs and the byte order mark that may stand before it. `end`: how many bytes of the source it and its line feed reach. */
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

/**
 * A piece with one NUL in place of several. A file that was emptied while its writer went on at its old place begins with
 * more of them than a line may be long.
 */
const squeezeNuls = (piece: Buffer, isAfterNul: boolean): Buffer => {
  const squeezed = Buffer.alloc(piece.length);
  let length = 0;
  let last = isAfterNul ? 0 : 1;
  for (const byte of piece) {
    if (byte !== 0 || last !== 0) {
      squeezed[length] = byte;
      length += 1;
    }
    last = byte;
  }
  return squeezed.subarray(0, length);
};

/** What PowerShell appends to a file in UTF-8 is in UTF-16: where every other byte of a line is NUL, the others are Latin-1. */
const narrow = (bytes: Buffer): Buffer => {
  const isWide =
    bytes.length > 1 &&
    bytes.length % 2 === 0 &&
    bytes.every((byte, at) => (byte === 0) === (at % 2 === 1));
  return isWide ? Buffer.from(bytes.toString("latin1").replaceAll("\0", "")) : bytes;
};

/** Cuts bytes into lines as they come, holding at most one line. `end` gives a last line that has no line feed. */
export const createLineSplitter = (start: Start = { offset: 0, lines: 0 }) => {
  let { offset, lines } = start;
  let pieces: Buffer[] = [];
  let kept = 0;
  let length = 0;
  let hasNuls = false;
  let isAfterNul = true;

  const keep = (given: Buffer): void => {
    length += given.length;
    if (kept > maxLineBytes) return;
    const piece = hasNuls ? squeezeNuls(given, isAfterNul) : Buffer.from(given);
    // A copy: the stream's buffer may be used again before the line is complete.
    pieces.push(piece);
    kept += piece.length;
    isAfterNul = hasNuls && given[given.length - 1] === 0;
  };
  const take = (feedBytes: 0 | 1): Line => {
    offset += length + feedBytes;
    lines += 1;
    const isTooLong = kept > maxLineBytes;
    const found = Buffer.concat(pieces);
    const text = hasNuls ? narrow(found) : found;
    const whole =
      text[0] === 0xef && text.subarray(0, 3).equals(byteOrderMark) ? text.subarray(3) : text;
    const bytes = isTooLong ? whole.subarray(0, keptOfLongLine) : whole;
    [pieces, kept, length, isAfterNul] = [[], 0, 0, true];
    return { number: lines, bytes, end: offset, isTooLong };
  };
  const push = (chunk: Uint8Array): Line[] => {
    const found: Line[] = [];
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    hasNuls = (length > 0 && hasNuls) || bytes.includes(0);
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

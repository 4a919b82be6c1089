import { UsageError } from "../terminal/usage-error.ts";
import type { Decide } from "./look-ahead.ts";

const examples =
  "utf-8, utf-16le, utf-16be, windows-1250 … windows-1258, iso-8859-2, ibm866, koi8-r, shift_jis, gbk, big5, euc-kr";

/** The standard name of a text encoding that a person named; undefined where none was. Throws UsageError for an unknown one. */
export const checkEncoding = (label: string | undefined): string | undefined => {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new UsageError(`--encoding: unknown; give one such as ${examples}`);
  }
};

const marks = [
  { encoding: "utf-8", bytes: Buffer.of(0xef, 0xbb, 0xbf) },
  { encoding: "utf-16le", bytes: Buffer.of(0xff, 0xfe) },
  { encoding: "utf-16be", bytes: Buffer.of(0xfe, 0xff) },
] as const;

/** How many of the pairs of bytes that are not all NUL have one as their first, and as their second byte. */
const countNuls = (bytes: Buffer) => {
  const counts = { pairs: 0, first: 0, second: 0 };
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const [first, second] = [bytes[at] === 0, bytes[at + 1] === 0];
    if (first && second) continue;
    counts.pairs += 1;
    if (first) counts.first += 1;
    if (second) counts.second += 1;
  }
  return counts;
};

const utf16By = (bytes: Buffer): string | undefined => {
  const { pairs, first, second } = countNuls(bytes);
  if (Math.max(first, second) * 2 < pairs || first === second) return undefined;
  return second > first ? "utf-16le" : "utf-16be";
};

/** JSON and logs begin with ASCII: in UTF-16 every other byte is NUL then. */
const byNuls = (head: Buffer, isAll: boolean): string | undefined => {
  const begin = head.findIndex((byte) => byte !== 0);
  const text = begin === -1 ? Buffer.alloc(0) : head.subarray(begin + (begin % 2));
  if (text.length < 2 && !isAll) return undefined;
  return utf16By(text.subarray(0, 16)) ?? "utf-8";
};

/**
 * The encoding of a text: what its byte order mark says, else the given one, else UTF-16 where its NULs show that, else
 * UTF-8.
 */
export const detectEncoding =
  (given: string | undefined): Decide<string> =>
  (head, isAll) => {
    const marked = marks.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes));
    if (marked !== undefined) return marked.encoding;
    const mayBeMarked = marks.some(({ bytes }) => bytes.subarray(0, head.length).equals(head));
    if (mayBeMarked && !isAll) return undefined;
    return given ?? byNuls(head, isAll);
  };

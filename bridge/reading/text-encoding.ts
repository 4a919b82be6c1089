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

const shownBytes = 4096;

/** How many of the pairs of bytes from `from` on have a NUL as their first, and as their second byte. */
const countNuls = (head: Buffer, from: number) => {
  const end = Math.min(head.length - 1, from + shownBytes);
  const counts = { pairs: 0, first: 0, second: 0 };
  for (let at = from; at < end; at += 2) {
    counts.pairs += 1;
    if (head[at] === 0) counts.first += 1;
    if (head[at + 1] === 0) counts.second += 1;
  }
  return counts;
};

/** Logs and JSON are ASCII for the most part: in UTF-16 every other byte is NUL then. */
const byNuls = (head: Buffer, isAll: boolean): string | undefined => {
  const begin = head.findIndex((byte) => byte !== 0);
  const { pairs, first, second } = countNuls(head, begin + (begin % 2));
  if (begin === -1 || pairs === 0) return isAll ? "utf-8" : undefined;
  if (second * 2 >= pairs && first * 10 <= pairs) return "utf-16le";
  if (first * 2 >= pairs && second * 10 <= pairs) return "utf-16be";
  return "utf-8";
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

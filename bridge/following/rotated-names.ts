import { parse } from "node:path";

const compression = /\.(?:gz|gzip|zst|zstd|xz|bz2|lz4|lzma|lzo|br|z|zip|7z)$/i;
// A number or a date behind a separator; eight digits are a date without one.
const added = /^(?:[-_.@][-_.:+@TZ\d]*\d[-_.:+@TZ\d]*|\d{8}[-_.:+@TZ\d]*|[-_.]old)$/;
const addedInFront = /^\d{4}[-_.:+@TZ\d]*[-_.]$/;

/** A name without what a compressor adds to it. */
export const withoutCompression = (name: string): string => name.replace(compression, "");

const additionsTo = (base: string, name: string): string[] => {
  const { name: stem, ext } = parse(base);
  const behind = name.startsWith(base) ? [name.slice(base.length)] : [];
  const isWithin = name.length >= base.length && name.startsWith(stem) && name.endsWith(ext);
  return isWithin ? [...behind, name.slice(stem.length, name.length - ext.length)] : behind;
};

/**
 * What rotation has put into the name of a file: "" where it was only compressed. Undefined for names that are no rotation's,
 * as of an editor's copy or of another file that begins alike: only numbers, dates, and `.old` count, behind the name or
 * before its extension, and dates in front of it.
 */
export const addedByRotation = (base: string, name: string): string | undefined => {
  if (name === base) return undefined;
  const plain = withoutCompression(name);
  if (plain === base) return "";
  const found = additionsTo(base, plain).find((addition) => added.test(addition));
  if (found !== undefined) return found;
  const front = plain.endsWith(base) ? plain.slice(0, -base.length) : "";
  return addedInFront.test(front) ? front : undefined;
};

/** Whether two names differ in nothing but numbers, as those do to which a link is switched over from day to day. */
export const isLikeNumbered = (one: string, other: string): boolean => {
  const shape = (name: string): string => withoutCompression(name).replaceAll(/\d+/g, "#");
  return /\d/.test(one) && shape(one) === shape(other);
};

/** The numbers in a name (or in what was added to it), as texts that sort as the numbers do. */
export const numbersIn = (name: string): string[] =>
  [...withoutCompression(name).matchAll(/\d+/g)].map(([digits]) => digits.padStart(24, "0"));

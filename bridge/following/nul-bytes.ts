import type { Content } from "./content.ts";

const stepBytes = 1024 * 1024;

/** How many NULs bytes begin with. */
const leadingNuls = (bytes: Buffer): number => {
  let at = 0;
  while (at < bytes.length && bytes[at] === 0) at += 1;
  return at;
};

/** The bytes without the NULs at their end: space that is reserved, where something may still be written. */
export const withoutTrailingNuls = (bytes: Buffer): Buffer => {
  let { length } = bytes;
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  return bytes.subarray(0, length);
};

/** Where something follows behind NULs; undefined where they reach to the end. */
export const behindNuls = async (content: Content, from: number): Promise<number | undefined> => {
  for (let at = from; ; at += stepBytes) {
    const bytes = await content.read(at, stepBytes);
    const nuls = leadingNuls(bytes);
    if (nuls < bytes.length) return at + nuls;
    if (bytes.length < stepBytes) return undefined;
  }
};

import { createHash } from "node:crypto";
import type { Content } from "./content.ts";

/** So much of a file's beginning and so much before the place in it is compared: of most files that is all that was read. */
export const fingerprintBytes = 64 * 1024;

/** What was read of a file, in short: how much, and hashes of its first and its last bytes ("" is not compared). */
export type Fingerprint = {
  readonly offset: number;
  readonly head: string;
  readonly tail: string;
  /** How much of the beginning `head` is about. */
  readonly headBytes: number;
};

/** A hash of bytes. */
export const hashBytes = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("base64url");

/** Whether a file begins with what was read. Of nothing that is always so. */
export const beginsWith = async (content: Content, print: Fingerprint): Promise<boolean> => {
  const { offset, head, tail, headBytes } = print;
  if (offset === 0) return true;
  const beginning = Math.min(offset, headBytes);
  const first = await content.read(0, beginning);
  if (first.length < beginning || hashBytes(first) !== head) return false;
  const length = Math.min(offset, fingerprintBytes);
  const last = await content.read(offset - length, length);
  return last.length === length && (tail === "" || hashBytes(last) === tail);
};

const stepBytes = 1024 * 1024;

/** How many bytes a file holds; of a compressed one it has to be read for that. */
export const lengthOf = async (content: Content, fileBytes: number): Promise<number> => {
  if (!content.isCompressed) return fileBytes;
  for (let at = 0; ; at += stepBytes) {
    const { length } = await content.read(at, stepBytes);
    if (length < stepBytes) return at + length;
  }
};

/** The fingerprint of the first `offset` bytes of a file. */
export const fingerprintOf = async (content: Content, offset: number): Promise<Fingerprint> => {
  const length = Math.min(offset, fingerprintBytes);
  return {
    offset,
    head: hashBytes(await content.read(0, length)),
    tail: hashBytes(await content.read(offset - length, length)),
    headBytes: fingerprintBytes,
  };
};

import type { Content } from "./content.ts";
import { type Fingerprint, fingerprintBytes, hashBytes } from "./fingerprint.ts";

// Behind the last complete line a long one may begin; then its end is not compared.
const mostRecentBytes = 2 * 1024 * 1024;

/**
 * The first and the last bytes that were read of a file. They show whether the file is still the one that was read, and
 * give the fingerprint of any line's end among them.
 */
export const createRecentBytes = async (content: Content, readTo: number) => {
  let head = await content.read(0, Math.min(readTo, fingerprintBytes));
  let end = readTo;
  const length = Math.min(readTo, fingerprintBytes);
  let recent = await content.read(readTo - length, length);
  let headHash: string | undefined;

  const headHashOf = (offset: number): string => {
    if (offset < fingerprintBytes) return hashBytes(head.subarray(0, offset));
    headHash ??= hashBytes(head);
    return headHash;
  };
  return {
    /** Notes what was read from `end` on. */
    push: (bytes: Buffer): void => {
      if (head.length < fingerprintBytes && head.length === end)
        head = Buffer.concat([head, bytes.subarray(0, fingerprintBytes - head.length)]);
      recent = Buffer.concat([recent, bytes]).subarray(-mostRecentBytes);
      end += bytes.length;
    },
    /** Begins at another place, behind what was left out. */
    jump: async (to: number): Promise<void> => {
      head = await content.read(0, Math.min(to, fingerprintBytes));
      const kept = Math.min(to, fingerprintBytes);
      recent = await content.read(to - kept, kept);
      end = to;
    },
    fingerprintAt: (offset: number): Fingerprint => {
      const from = offset - Math.min(offset, fingerprintBytes) - (end - recent.length);
      const tail = from < 0 ? "" : hashBytes(recent.subarray(from, recent.length - (end - offset)));
      return { offset, head: headHashOf(offset), tail, headBytes: fingerprintBytes };
    },
    /** Whether the first `length` bytes of another content are what was read too, as far as that is still known. */
    isBeginning: async (other: Content, length: number): Promise<boolean> => {
      if (length > end) return false;
      const first = Math.min(length, head.length);
      if (!(await other.read(0, first)).equals(head.subarray(0, first))) return false;
      const start = end - recent.length;
      if (length <= start) return true;
      const kept = recent.subarray(0, length - start);
      return (await other.read(start, kept.length)).equals(kept);
    },
    /** Whether the file still has what was read of it. */
    isStill: async (): Promise<boolean> => {
      if (!(await content.read(0, head.length)).equals(head)) return false;
      const last = recent.subarray(-fingerprintBytes);
      return (await content.read(end - last.length, last.length)).equals(last);
    },
  };
};

import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import * as v from "valibot";

const mostHeadBytes = 256;

const PlaceSchema = v.object({
  inode: v.number(),
  offset: v.number(),
  lines: v.number(),
  head: v.string(),
});

/** How far a file was read. The hash of its beginning distinguishes it from another file that got its name or its inode. */
export type FilePlace = v.InferOutput<typeof PlaceSchema>;

/** Reads a place back from what the spool kept; undefined for what is none. */
export const parsePlace = (text: string): FilePlace | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), PlaceSchema), text);
  return parsed.success ? parsed.output : undefined;
};

/** The hash of a file's beginning, as far as it was read: that part does not change while the file grows. */
export const hashHead = async (file: FileHandle, offset: number): Promise<string> => {
  const length = Math.min(offset, mostHeadBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return createHash("sha256").update(buffer.subarray(0, bytesRead)).digest("base64url");
};

/** Whether a file is the one of this place, still: it has what was read of it. */
export const holds = async (file: FileHandle, place: FilePlace): Promise<boolean> => {
  const { ino, size } = await file.stat();
  if (size < place.offset) return false;
  // Nothing was read of it: only the inode can identify it.
  if (place.offset === 0) return ino === place.inode;
  return (await hashHead(file, place.offset)) === place.head;
};

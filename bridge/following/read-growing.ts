import type { FileHandle } from "node:fs/promises";
import { createLineSplitter, type Line } from "../reading/split-lines.ts";
import { type FilePlace, hashHead, holds } from "./place.ts";

const chunkBytes = 64 * 1024;

/** Lines of a file that grows, and how far they reach. */
export type GrownLines = {
  readonly lines: readonly Line[];
  readonly place: FilePlace;
};

/**
 * Reads a file that grows from a place on. `more` gives what came since, undefined where nothing did, and "replaced" where
 * the file was emptied or rewritten. `last` gives a last line without a line feed, for when no more will come.
 */
export const readGrowing = async (file: FileHandle, from: FilePlace | undefined) => {
  const { ino: inode } = await file.stat();
  const start = { offset: from?.offset ?? 0, lines: from?.lines ?? 0 };
  const splitter = createLineSplitter(start);
  let readTo = start.offset;
  let place: FilePlace = from ?? { inode, offset: 0, lines: 0, head: "" };

  const advance = async (lines: readonly Line[]): Promise<GrownLines> => {
    const last = lines.at(-1);
    if (last !== undefined)
      place = { inode, offset: last.end, lines: last.number, head: await hashHead(file, last.end) };
    return { lines, place };
  };
  return {
    /** How far it is read: worth keeping before anything is read, since the file may be rotated away. */
    place: (): FilePlace => place,
    more: async (): Promise<GrownLines | "replaced" | undefined> => {
      const { size } = await file.stat();
      if (size < readTo || !(await holds(file, place))) return "replaced";
      if (size === readTo) return undefined;
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(chunkBytes),
        0,
        chunkBytes,
        readTo,
      );
      readTo += bytesRead;
      return advance(splitter.push(buffer.subarray(0, bytesRead)));
    },
    last: (): Promise<GrownLines> => advance(splitter.end()),
  };
};
